import Glibc
import Synchronization
import Testing

@Suite struct `Uploads of files` {
    private static let path = "/_portico/v1/files"
    private static let boundary = "end-to-end-boundary"

    /// The front and the end of a form with one file.
    private static func form(_ name: String) -> (front: [UInt8], end: [UInt8]) {
        let front =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
            + "Content-Type: image/png\r\n\r\n"
        return (Array(front.utf8), Array("\r\n--\(boundary)--\r\n".utf8))
    }

    private static func upload(_ content: [UInt8], _ name: String, by person: SignedIn) -> HTTPRequest {
        let form = form(name)
        return HTTPRequest(
            method: "POST", path: path,
            fields: [(name: "Content-Type", value: "multipart/form-data; boundary=\(boundary)")],
            body: form.front + content + form.end
        ).by(person)
    }

    /// A picture as far as its first bytes say, and bytes that follow from a number.
    private static func picture(_ count: Int, _ seed: UInt64) -> [UInt8] {
        var state = seed
        let noise = (0..<max(0, count - 8)).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + noise
    }

    @Test func `that were acknowledged survive a kill, and leave nothing of the others`() async throws {
        let place = try DemoPlace()
        let before = try await PorticoProcess.start(place)
        let people = try await before.customers(4)
        let acknowledgements = Atomic<Int>(0)
        async let clients = together(people.count) { _ in
            try before.connect()
        } act: { person, connection -> [(id: String, count: Int, seed: UInt64, person: Int)] in
            var kept: [(id: String, count: Int, seed: UInt64, person: Int)] = []
            for number in 0..<200 {
                let (count, seed) = (10_000 + number * 7919 % 400_000, UInt64(person * 1000 + number))
                let request = Self.upload(Self.picture(count, seed), "p.png", by: people[person])
                guard let answer = try? connection.sendNow(request) else { break }
                guard answer.status == 201, let id = answer.json["id"].string else {
                    throw Failure("an upload got \(answer.status): \(answer.text)")
                }
                kept.append((id, count, seed, person))
                acknowledgements.add(1, ordering: .relaxed)
            }
            return kept
        }
        while acknowledgements.load(ordering: .relaxed) < 40, before.isRunning { await Task.yield() }
        try await before.kill()
        let kept = try await clients.flatMap(\.self)
        #expect(kept.count >= 40)

        let after = try await PorticoProcess.start(place)
        for file in kept {
            let read = try await after.send(.get("\(Self.path)/\(file.id)").by(people[file.person]))
            #expect(read.status == 200 && read.body == Self.picture(file.count, file.seed), "\(file.id)")
        }
        after.signal(SIGTERM)
        #expect(try await after.end() == .exit(0))
        // Every file is whole, those too that were acknowledged to nobody; what was unfinished goes.
        let check = try await Command.portico("files", "verify", "lumen", "--data", place.data, "--demo", "--json")
        let found = try JSON(Array(check.output.utf8)).elements.first
        #expect(check.ending == .exit(0), "\(check.output)")
        #expect((found?["files"].number ?? 0) >= Double(kept.count), "\(check.output)")
        let again = try await Command.portico("files", "verify", "lumen", "--data", place.data, "--demo")
        #expect(again.output.contains("lumen: whole") && !again.output.contains("unfinished"), "\(again.output)")
    }

    @Test func `of a hundred megabytes need little memory`() async throws {
        let process = try await PorticoProcess.start()
        let person = try await process.signIn()
        // What is loaded once is loaded.
        _ = try await process.send(Self.upload(Self.picture(300_000, 1), "a.png", by: person))
        let size = 100 << 20
        let idle = try process.memory(resettingPeak: true)
        let form = Self.form("large.png")
        let piece = Self.picture(1 << 20, 7)
        let head = HTTPRequest(
            method: "POST", path: Self.path,
            fields: [
                (name: "Content-Type", value: "multipart/form-data; boundary=\(Self.boundary)"),
                (name: "Content-Length", value: String(form.front.count + size + form.end.count)),
            ]
        ).by(person)
        let connection = try process.connect()
        try await connection.write(head.head(host: connection.host) + form.front)
        for _ in 0..<100 { try await connection.write(piece) }
        try await connection.write(form.end)
        let answer = try await connection.answer(to: "POST")
        #expect(answer.status == 201 && answer.json["sizeBytes"].number == Double(size), "\(answer.text)")
        let peak = try process.memory().peak
        #expect(peak - idle.now < 64 << 20, "\((peak - idle.now) >> 20) MB above idle")
        let last = try await process.send(
            .get("\(Self.path)/\(answer.json["id"].string ?? "")", ("Range", "bytes=-1000")).by(person))
        #expect(last.status == 206 && last.body == Array(piece.suffix(1000)))
    }
}
