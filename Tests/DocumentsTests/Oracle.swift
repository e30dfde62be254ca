import Foundation
import Testing

/// Programs that are not ours, asked what they make of a file.
enum Oracle {
    private static var repository: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    /// The path of a script in `Tests/Support`.
    static func script(_ name: String) -> String { repository.appending(path: "Tests/Support/" + name).path() }

    /// Runs a command of the repository, or of the system, on a file with these bytes.
    ///
    /// - Returns: what it prints.
    static func run(_ command: [String], _ file: [UInt8]) throws -> Data {
        let place = FileManager.default.temporaryDirectory.appending(path: "portico-\(UUID().uuidString)")
        try Data(file).write(to: place)
        defer { try? FileManager.default.removeItem(at: place) }
        let process = Process()
        process.currentDirectoryURL = repository
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command + [place.path()]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command) failed; 75: its packages cannot be installed")
        return data
    }
}
