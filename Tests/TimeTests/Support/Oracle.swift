import Foundation
import Testing

/// Runs programs the tests compare with.
enum Program {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What `arguments` prints, run through `env` so that it is found on the path.
    static func output(_ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: process.terminationStatus == 127
                    ? "“\(arguments[0])” is not installed; these tests need it (Debian: python3, libc-bin)"
                    : "“\(arguments.joined(separator: " "))” ended with status \(process.terminationStatus)")
        }
        return data
    }
}

/// What Python's zoneinfo says about every zone of a directory; see `Tests/Support/zoneinfo_oracle.py`.
struct Oracle {
    /// What holds from a time on.
    struct State {
        let time: Int64
        let offset: Int
        let abbreviation: String
        let isDaylight: Bool
    }

    /// How a local time is read with fold 0 and with fold 1.
    struct Reading {
        let wall: Int64
        let offsets: [Int]
    }

    struct Answer {
        let names: [String]
        var states: [State] = []
        var readings: [Reading] = []
    }

    let answers: [Answer]

    init(directory: String, years: ClosedRange<Int>) throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Support/zoneinfo_oracle.py").path
        let output = try Program.output(
            ["python3", script, directory, String(years.lowerBound), String(years.upperBound)])
        var answers: [Answer] = []
        for line in output.split(separator: 10) {
            let words = line.split(separator: 32).map { String(decoding: $0, as: UTF8.self) }
            if words[0] == "Z" {
                answers.append(Answer(names: Array(words.dropFirst())))
                continue
            }
            let time = try #require(Int64(words[1]))
            let number = try #require(Int(words[2]))
            if words[0] == "L" {
                answers[answers.count - 1].readings.append(
                    Reading(wall: time, offsets: [number, try #require(Int(words[3]))]))
            } else {
                answers[answers.count - 1].states.append(
                    State(time: time, offset: number, abbreviation: words[3], isDaylight: words[4] == "1"))
            }
        }
        self.answers = answers
    }
}
