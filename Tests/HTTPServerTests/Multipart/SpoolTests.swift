import Glibc
import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `A spooled upload` {
    @Test(arguments: [0, 1, 1000, 1001, 600_000, 2_000_000])
    func `comes out as it went in`(_ count: Int) async throws {
        try await Self.inFolder { folder in
            let written = Mutex(0)
            var writer = SpoolWriter(folder: folder, threshold: 1000) { work in
                written.withLock { $0 += 1 }
                try await onThread { Result { try work() } }.get()
            }
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
            for start in stride(from: 0, to: count, by: 777) {
                try await writer.append(Array(bytes[start..<min(count, start + 777)]))
            }
            #expect(writer.count == count)
            let spooled = try await writer.finish()
            #expect(spooled.count == count)
            #expect(try spooled.read(count + 10, at: 0) == bytes)
            #expect(try spooled.read(100, at: count / 2) == Array(bytes[(count / 2)...].prefix(100)))
            #expect(try spooled.read(.max, at: count + 5) == [])
            if case .memory = spooled { #expect(count <= 1000) } else { #expect(count > 1000) }
            // Never on the caller's thread, and never a page at a time.
            #expect(written.withLock { $0 } == (count <= 1000 ? 0 : 1 + (count - 1001 + 262_143) / 262_144))
        }
    }

    @Test func `leaves no name in its folder and no descriptor behind`() async throws {
        try await Self.inFolder { folder in
            let file = try SpooledFile(in: folder)
            try file.write([1, 2, 3], at: 0)
            let entries = try Self.entries(of: folder)
            #expect(entries == [])
        }
    }

    @Test func `says why there is none`() {
        #expect(throws: SpooledFile.Failure.self) { try SpooledFile(in: "/nonexistent/folder") }
    }

    static func inFolder(_ body: (String) async throws -> Void) async throws {
        var template = Array("/tmp/portico-spool-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        let folder = try #require(made)
        defer { rmdir(folder) }
        try await body(folder)
    }

    static func entries(of folder: String) throws -> [String] {
        let listing = try #require(opendir(folder))
        defer { closedir(listing) }
        var names: [String] = []
        while let entry = readdir(listing) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
