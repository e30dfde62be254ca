import Documents
import Foundation
import Testing

@Suite struct `A QR code` {
    /// The 40 sizes in turn with the four corrections, read by a decoder that is not ours.
    @Test func `of every size and every correction is read by another program`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let corrections = QRCode.Correction.allCases
        var texts: [String] = []
        var sizes: Set<Int> = []
        var length = 1
        while let code = try? QRCode(Self.text(length), correction: corrections[(texts.count / 2) % 4]) {
            sizes.insert(code.size)
            try Self.write(code, at: texts.count, in: folder)
            texts.append(Self.text(length))
            length += max(8, length / 14)
        }
        #expect(sizes.count >= 30)
        #expect(sizes.contains(21) && sizes.contains { $0 > 161 })
        #expect(try Self.read(folder, count: texts.count) == texts)
    }

    @Test func `keeps letters beyond ASCII`() throws {
        let folder = try Self.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = "Žofie Müller · 東京"
        try Self.write(QRCode(text), at: 0, in: folder)
        #expect(try Self.read(folder, count: 1) == [text])
    }

    @Test func `holds 2953 bytes and refuses more`() throws {
        #expect(try QRCode(String(repeating: "x", count: 2953), correction: .low).size == 177)
        let refusal = #expect(throws: QRCode.TooLong.self) {
            try QRCode(String(repeating: "x", count: 2954), correction: .low)
        }
        #expect(refusal?.bytes == 2954)
    }

    @Test func `has a light border and an escaped title as SVG`() throws {
        let code = try QRCode("otpauth://totp/Lumen:ada?secret=ABC")
        let svg = code.svg(title: "<Lumen & Co>")
        #expect(svg.contains("viewBox=\"0 0 \(code.size + 8) \(code.size + 8)\""))
        #expect(svg.contains("<title>&lt;Lumen &amp; Co&gt;</title>"))
        #expect(svg.contains("M4 4h7v1h-7z"), "the first finder begins four modules from the edge")
        #expect(!code.isDark(-1, 0) && !code.isDark(0, code.size))
    }

    private static func text(_ length: Int) -> String {
        String((0..<length).map { index in Character(UnicodeScalar(UInt8(33 + (index * 7 + length) % 90))) })
    }

    private static func folder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "portico-qr-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// A portable bitmap, three pixels to a module.
    private static func write(_ code: QRCode, at number: Int, in folder: URL) throws {
        let scale = 3, quiet = 4
        let side = (code.size + 2 * quiet) * scale
        var bytes = Array("P4\n\(side) \(side)\n".utf8)
        for y in 0..<side {
            var row = [UInt8](repeating: 0, count: (side + 7) / 8)
            for x in 0..<side where code.isDark(x / scale - quiet, y / scale - quiet) {
                row[x / 8] |= 0x80 >> UInt8(x % 8)
            }
            bytes += row
        }
        try Data(bytes).write(to: folder.appending(path: Self.name(number)))
    }

    private static func name(_ number: Int) -> String { String(format: "%04d.pbm", number) }

    /// What zbar reads from the pictures of a folder, in the order of their names.
    private static func read(_ folder: URL, count: Int) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable"]
            + (0..<count).map { folder.appending(path: Self.name($0)).path() }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
