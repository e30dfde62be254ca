import Foundation
import Testing
import Time

@testable import Documents

@Suite struct `ZIP archives` {
    private static let moment = Instant(rfc3339: "2026-06-01T08:30:44Z") ?? .now()

    @Test func `are read by other programs, whole and checked`() throws {
        let files: [(String, [UInt8])] = [
            ("letter.txt", Array("Dear all,\n".utf8)), ("empty", []),
            ("Akte 12/Übersicht – 山田.pdf", (0..<100_003).map { UInt8(truncatingIfNeeded: $0 &* 31) }),
            ("a/b/c/deep.bin", [0, 1, 2, 255]),
        ]
        var zip = ZIPWriter()
        var bytes: [UInt8] = []
        for (at, (name, content)) in files.enumerated() {
            if at % 2 == 0 {
                bytes += try zip.add(name, content, modified: Self.moment)
            } else {
                // Piece by piece, of a length nobody knows.
                bytes += try zip.begin(name, modified: Self.moment)
                for piece in stride(from: 0, to: content.count, by: 3) {
                    bytes += try zip.append(Array(content[piece..<min(piece + 3, content.count)]))
                }
                bytes += try zip.end()
            }
        }
        bytes += try zip.finish()
        #expect(zip.count == bytes.count)
        let read = try Self.read(bytes)
        #expect(read.bad == nil && read.files.map(\.name) == files.map(\.0))
        #expect(read.files.map(\.length) == files.map(\.1.count))
        #expect(read.files.allSatisfy { $0.time == [2026, 6, 1, 8, 30, 44] })
        // Info-ZIP, and its own idea of what is wrong.
        let report = String(decoding: try Oracle.run(["unzip", "-t"], bytes), as: UTF8.self)
        #expect(report.contains("No errors detected"))
    }

    @Test func `have the checksum of the standard`() {
        var crc = CRC32()
        crc.add(Array("123456789".utf8))
        #expect(crc.value == 0xCBF4_3926)
        var pieces = CRC32()
        for byte in Array("123456789".utf8) { pieces.add([byte]) }
        #expect(pieces.value == crc.value && CRC32().value == 0)
    }

    @Test func `hold more files than two bytes count`() throws {
        var zip = ZIPWriter()
        var bytes: [UInt8] = []
        for number in 0..<65_540 { bytes += try zip.add("f\(number)", [], modified: Self.moment) }
        bytes += try zip.finish()
        #expect(try Self.read(bytes, "--names").count == 65_540)
        #expect(String(decoding: try Oracle.run(["unzip", "-tqq"], bytes), as: UTF8.self) == "")
    }

    @Test func `may lie beyond four GiB`() throws {
        // Behind a hole of five GiB, which takes no room on the disk.
        let start = 5 << 30
        var zip = ZIPWriter(startingAt: start)
        var bytes = try zip.add("far.txt", Array("far away".utf8), modified: Self.moment)
        bytes += try zip.begin("large.txt", modified: Self.moment, length: nil)
        bytes += try zip.append(Array("of unknown length".utf8))
        bytes += try zip.end()
        bytes += try zip.finish()
        let place = FileManager.default.temporaryDirectory.appending(path: "portico-\(UUID().uuidString).zip")
        defer { try? FileManager.default.removeItem(at: place) }
        _ = FileManager.default.createFile(atPath: place.path(), contents: nil)
        let file = try FileHandle(forWritingTo: place)
        try file.seek(toOffset: UInt64(start))
        try file.write(contentsOf: Data(bytes))
        try file.close()
        let read = try Self.read([], place.path())
        #expect(read.bad == nil && read.files.map(\.name) == ["far.txt", "large.txt"])
        #expect(read.files.first?.offset == start && read.files.map(\.length) == [8, 17])
    }

    @Test(arguments: ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/", "a\\b", "C:/x", "a\u{0}b", "./a", "."])
    func `refuse names that leave their folder`(_ name: String) {
        var zip = ZIPWriter()
        #expect(throws: ZIPFault.name(name)) { try zip.begin(name, modified: Self.moment) }
    }

    @Test func `refuse what would make a broken archive`() throws {
        var zip = ZIPWriter()
        #expect(throws: ZIPFault.order) { try zip.append([1]) }
        #expect(throws: ZIPFault.order) { try zip.end() }
        _ = try zip.begin("a", modified: Self.moment, length: 3)
        #expect(throws: ZIPFault.order) { try zip.begin("b", modified: Self.moment) }
        #expect(throws: ZIPFault.order) { try zip.finish() }
        _ = try zip.append([1, 2])
        #expect(throws: ZIPFault.length(said: 3, was: 2)) { try zip.end() }
        _ = try zip.append([3])
        _ = try zip.end()
        #expect(throws: ZIPFault.duplicate("a")) { try zip.begin("a", modified: Self.moment) }
        var empty = ZIPWriter()
        #expect(try Self.read(try empty.finish()).count == 0)
    }

    private struct Contents: Decodable {
        struct File: Decodable {
            var name: String
            var length, crc, offset: Int
            var time: [Int]
            var sha256: String
        }
        var bad: String?
        var count: Int
        var files: [File]
    }

    /// What Python's zipfile makes of it, or of the file named instead.
    private static func read(_ bytes: [UInt8], _ more: String? = nil) throws -> Contents {
        var command = ["python3", Oracle.script("zip_oracle.py")]
        if let more { command.append(more) }
        return try JSONDecoder().decode(Contents.self, from: Oracle.run(command, bytes))
    }
}
