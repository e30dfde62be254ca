import PluginAPI
import Testing
import Time

@testable import Host

@Suite struct `The log` {
    private struct FixedTime: TimeSource {
        let now: Instant
    }

    private func tree(_ line: String) throws -> JSON { try JSONDocument([UInt8](line.utf8)).root.tree }

    /// What a log writes to a pipe.
    private func written(
        _ format: LogFormat = .json, level: LogLevel = .debug, at now: Instant = .at(0), _ body: (JSONLog) -> Void
    ) throws -> [String] {
        let pipe = try Pipe()
        let log = JSONLog(to: pipe.writing, level: level, format: format, clock: FixedTime(now: now))
        body(log)
        #expect(log.flush(within: .seconds(60)))
        pipe.closeWriting()
        return String(decoding: pipe.readToEnd(), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `has one object on each line, with the time to the millisecond`() throws {
        let lines = try written(at: .at(0.25)) { log in
            log.write(.info, "tenant opened", tenant: "lumen", ["tables": 12, "fresh": true])
            log.write(
                .error, "mail refused", tenant: "lumen", plugin: "appointments", requestID: "r-1", ["why": "a \"b\"\n"])
        }
        #expect(
            lines == [
                #"{"time":"2025-08-28T10:30:00.250Z","level":"info","message":"tenant opened","tenant":"lumen","tables":12,"fresh":true}"#,
                #"{"time":"2025-08-28T10:30:00.250Z","level":"error","message":"mail refused","tenant":"lumen","plugin":"appointments","requestId":"r-1","why":"a \"b\"\n"}"#,
            ])
    }

    @Test func `writes milliseconds also when they are zero or more is known`() throws {
        for (seconds, text) in [(0, "10:30:00.000Z"), (0.001, "10:30:00.001Z"), (0.123_456, "10:30:00.123Z")] {
            let line = try #require(try written(at: .at(seconds)) { $0.write(.info, "x") }.first)
            #expect(line.hasPrefix("{\"time\":\"2025-08-28T\(text)\""))
        }
    }

    @Test func `leaves out what is below its level`() throws {
        let lines = try written(level: .warning) { log in
            for level in LogLevel.allCases { log.write(level, "x") }
            log.access(
                AccessEntry(
                    time: .at(0), method: "GET", route: "/", status: 200, duration: 1, bytes: 1, tenant: nil,
                    requestID: "r"), loop: 1)
        }
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains("warning") || $0.contains("error") })
    }

    @Test func `tells of a request by its route, never by its path`() throws {
        var entry = AccessEntry(
            time: .at(0), method: "GET", route: "/api/customer/appointments/{id}", status: 200, duration: 431,
            bytes: 867,
            tenant: "lumen", requestID: "r-7")
        let found = entry
        entry.correlationID = "c-1"
        let correlated = entry
        let unknown = AccessEntry(
            time: .at(0), method: "GET", route: nil, status: 404, duration: 9, bytes: 0, tenant: nil, requestID: "r-8")
        let lines = try written { log in
            for entry in [found, correlated, unknown] { log.access(entry, loop: 0) }
        }
        let head = #"{"time":"2025-08-28T10:30:00.000Z","level":"info","message":"request""#
        let tail =
            #","method":"GET","route":"/api/customer/appointments/{id}","status":200,"durationMicroseconds":431,"bytes":867}"#
        #expect(
            lines == [
                head + #","tenant":"lumen","requestId":"r-7""# + tail,
                head + #","tenant":"lumen","requestId":"r-7","correlationId":"c-1""# + tail,
                head + #","requestId":"r-8","method":"GET","status":404,"durationMicroseconds":9,"bytes":0}"#,
            ])
    }

    @Test func `keeps every line readable as JSON, whatever the facts are called and hold`() throws {
        let long = String(repeating: "é", count: 5000)
        let lines = try written { log in
            log.write(.info, "x", ["time": "a", "level": "b", "x\"\n": "\u{0}\u{1B}[31m\u{7F}", "long": .text(long)])
            log.write(.info, "x", ["twice": 1, "twice": 2])
        }
        #expect(lines.count == 2)
        let first = try tree(lines[0])
        #expect(first["time"] == "2025-08-28T10:30:00.000Z")
        #expect(first["field.time"] == "a")
        #expect(first["field.level"] == "b")
        #expect(first["x\"\n"] == "\u{0}\u{1B}[31m\u{7F}")
        #expect(first["long"]?.string == String(repeating: "é", count: LogFormat.longestText / 2) + "…")
        #expect(try tree(lines[1])["twice"] == 1)
    }

    @Test func `never makes a caller wait for a reader, and says how many lines it dropped`() async throws {
        let pipe = try Pipe()
        let log = JSONLog(to: pipe.writing, capacity: 4096)
        // Nobody reads yet: the pipe holds 64 KB, the log 8 KB, and this is some 400 KB.
        for number in 0..<4000 { log.write(.info, "a line of a flood", ["number": .integer(Int64(number))]) }
        #expect(log.droppedLines > 0)
        let reading = Task.detached { pipe.readToEnd() }
        #expect(log.flush(within: .seconds(60)))
        log.write(.info, "the last")
        #expect(log.flush(within: .seconds(60)))
        pipe.closeWriting()
        let lines = try String(decoding: await reading.value, as: UTF8.self).split(separator: "\n")
            .map { try tree(String($0)) }
        let numbers = lines.compactMap { $0["number"] }
        let dropped = lines.compactMap { line -> Int64? in
            guard case .integer(let count) = line["lines"] else { return nil }
            return count
        }
        #expect(numbers.count + log.droppedLines == 4000)
        #expect(dropped.reduce(0, +) == Int64(log.droppedLines))
        #expect(lines.contains { $0["message"] == "the last" })
    }

    @Test func `keeps the lines of every loop whole`() async throws {
        let pipe = try Pipe()
        let log = JSONLog(to: pipe.writing, loops: 3)
        let reading = Task.detached { pipe.readToEnd() }
        await withTaskGroup(of: Void.self) { group in
            for loop in 0..<5 {
                group.addTask {
                    for number in 0..<500 {
                        let entry = AccessEntry(
                            time: .at(0), method: "GET", route: "/\(loop)", status: 200, duration: number, bytes: 0,
                            tenant: nil, requestID: "r")
                        log.access(entry, loop: loop)
                    }
                }
            }
        }
        #expect(log.flush(within: .seconds(60)))
        pipe.closeWriting()
        let lines = try String(decoding: await reading.value, as: UTF8.self).split(separator: "\n")
            .map { try tree(String($0)) }
        for loop in 0..<5 {
            let own = lines.filter { $0["route"] == .string("/\(loop)") }.map { $0["durationMicroseconds"] }
            #expect(own == (0..<500).map { .integer(Int64($0)) }, "those of one loop are in order")
        }
        #expect(lines.count == 2500)
    }

    @Test func `counts the lines that its descriptor refuses`() throws {
        let log = JSONLog(to: -1)
        log.write(.info, "x")
        log.write(.info, "y")
        #expect(log.flush(within: .seconds(60)))
        #expect(log.droppedLines == 2)
    }

    @Test func `for people is plain, and cannot steer their terminal`() throws {
        let lines = try written(.human, at: .at(0.25)) { log in
            log.write(
                .info, "booked", tenant: "lumen", plugin: "appointments", requestID: "r-1", ["id": 7, "who": "a b"])
            log.write(.warning, "odd", ["value": "\u{1B}[2J\u{9B}31m\"\n"])
            log.access(
                AccessEntry(
                    time: .at(0.25), method: "GET", route: "/a/{id}", status: 200, duration: 5, bytes: 6,
                    tenant: "lumen", requestID: "r"
                ), loop: 0)
        }
        #expect(
            lines == [
                "2025-08-28T10:30:00.250Z INFO  lumen/appointments booked id=7 who=\"a b\" requestId=r-1",
                "2025-08-28T10:30:00.250Z WARNING odd value=\"\\u{1b}[2J\\u{9b}31m\\\"\\u{a}\"",
                "2025-08-28T10:30:00.250Z INFO  lumen GET /a/{id} 200 5us 6B requestId=r",
            ])
    }
}
