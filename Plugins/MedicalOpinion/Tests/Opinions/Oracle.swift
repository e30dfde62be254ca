import Foundation
import Testing

/// Programs that are not ours, asked what they make of a file.
enum Oracle {
    /// The bytes' SHA-256, by GNU's sha256sum.
    static func sha256(_ bytes: [UInt8]) throws -> String {
        String(try run("sha256sum \"$1\"", bytes).prefix(64))
    }

    /// What poppler reads in a PDF, on one line.
    static func text(_ pdf: [UInt8]) throws -> String {
        try run("pdftotext -layout \"$1\" -", pdf).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// What zbar reads in the QR codes of a PDF.
    static func codes(_ pdf: [UInt8]) throws -> [String] {
        let script = """
            folder=$(mktemp -d); trap 'rm -r "$folder"' EXIT; pdftoppm -gray -r 150 "$1" "$folder/page"
            # 4: a page without a code.
            zbarimg --quiet --raw "$folder"/page* || [ $? = 4 ]
            """
        return try run(script, pdf).split(separator: "\n").map(String.init)
    }

    /// Runs a script of the shell on a file with these bytes, `$1`.
    private static func run(_ script: String, _ file: [UInt8]) throws -> String {
        let place = FileManager.default.temporaryDirectory.appending(path: "portico-\(UUID().uuidString)")
        try Data(file).write(to: place)
        defer { try? FileManager.default.removeItem(at: place) }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script, "sh", place.path()]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(script) failed")
        return text
    }
}
