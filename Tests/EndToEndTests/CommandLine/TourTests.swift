import Testing

@Suite struct `The README` {
    /// The shell blocks of the README's tour, as one script.
    private static func tour() throws -> String {
        let text = try Repository.text(of: "README.md")
        guard let begin = text.firstRange(of: "<!-- tour:begin -->"), let end = text.firstRange(of: "<!-- tour:end -->")
        else {
            throw Failure("the README has no tour")
        }
        var script = ""
        var isInside = false
        for line in text[begin.upperBound..<end.lowerBound].split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside = line == "```sh"
            } else if isInside {
                script += line + "\n"
            }
        }
        return script
    }

    @Test func `tells a tour that works as it is written`() async throws {
        let demo = try await PorticoProcess.start()
        let folder = try TemporaryFolder()
        let script = try Self.tour().replacing("localhost:8080", with: "localhost:\(demo.port)")
        #expect(script.contains("localhost:\(demo.port)"))
        try folder.write(script, to: "tour.sh")
        let run = try await Command.run(["/bin/bash", "-euo", "pipefail", folder.path + "/tour.sh"])
        #expect(run.ending == .exit(0), "\(run.output)")
        // Every request prints its status: code asked for, signed in, services, availability, booked, taken, listed, cancelled.
        let statuses = run.output.split(separator: "\n").filter { $0.hasPrefix("HTTP ") }.map { $0.dropFirst(5) }
        #expect(statuses == ["202", "200", "200", "200", "201", "409", "200", "200"], "\(run.output)")
        for words in ["\"accessToken\"", "TIME_SLOT_CONFLICT", "\"CONFIRMED\"", "\"CANCELLED\""] {
            #expect(run.output.contains(words))
        }
    }

    @Test func `begins with the two commands`() throws {
        let text = try Repository.text(of: "README.md")
        let first = try #require(text.firstRange(of: "```sh\n"))
        let commands = text[first.upperBound...].prefix { $0 != "`" }.split(separator: "\n")
        #expect(commands == ["make run", "make test"])
    }
}
