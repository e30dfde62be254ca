import Foundation
import PluginAPI
import PluginTestKit
import Testing

/// A program in `Tests/Support` that speaks a protocol with what is tested, and says what it hears as lines of JSON.
final class Peer: Sendable {
    private let process: Process
    private let input: FileHandle
    private let lines = LineQueue()
    /// What it said first.
    let ready: JSON

    /// - Parameter packages: of Python, that it needs.
    init(_ script: String, _ settings: JSON, packages: [String] = []) async throws {
        var repository = URL(filePath: #filePath)
        for _ in 0..<4 { repository.deleteLastPathComponent() }
        let (process, input, output) = (Process(), Pipe(), Pipe())
        let path = repository.appending(path: "Tests/Support/\(script)").path()
        if packages.isEmpty {
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3", path, settings.text]
        } else {
            process.executableURL = repository.appending(path: ".ci/python")
            process.arguments = packages + ["--", path, settings.text]
        }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.process = process
        self.input = input.fileHandleForWriting
        let (lines, handle) = (lines, output.fileHandleForReading)
        Thread.detachNewThread {
            var held = Data()
            while true {
                let more = handle.availableData
                if more.isEmpty { break }
                held += more
                while let end = held.firstIndex(of: 0x0A) {
                    lines.put(String(decoding: held[..<end], as: UTF8.self))
                    held = Data(held[(end + 1)...])
                }
            }
            lines.end()
        }
        let first = await lines.next()
        ready = try JSONDocument(Array(try #require(first, "\(script) does not start").utf8)).root.tree
    }

    deinit {
        try? input.close()
        process.terminate()
    }

    var port: UInt16 { UInt16(ready["port"]?.integer ?? 0) }

    /// The next event of a kind; those before it are left out.
    func next(_ kind: String) async throws -> JSON {
        while let line = await lines.next() {
            let event = try JSONDocument(Array(line.utf8)).root.tree
            if event["event"]?.string == kind { return event }
        }
        throw PeerHasGone(wanted: kind)
    }

    /// Every event up to one of these kinds, which is the last.
    func events(until kinds: Set<String>) async throws -> [JSON] {
        var events: [JSON] = []
        while let line = await lines.next() {
            let event = try JSONDocument(Array(line.utf8)).root.tree
            events.append(event)
            if kinds.contains(event["event"]?.string ?? "") { return events }
        }
        throw PeerHasGone(wanted: kinds.sorted().joined(separator: " or "))
    }

    /// Tells it to do something.
    func tell(_ order: JSON) throws { try input.write(contentsOf: Data((order.text + "\n").utf8)) }

    struct PeerHasGone: Error { let wanted: String }
}
