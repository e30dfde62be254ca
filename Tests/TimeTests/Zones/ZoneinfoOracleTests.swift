import Foundation
import Testing
import Time

/// Every zone, 2000 to 2040, against Python's zoneinfo reading the same files.
@Suite struct `Every zone agrees with another implementation` {
    @Test func `in the system's files`() throws {
        let database = ZoneDatabase.system
        let directory = try #require(
            database.directories.first { FileManager.default.fileExists(atPath: $0 + "/Europe/Oslo") },
            "the system has no zone files (Debian: tzdata)")
        try compare(ZoneDatabase(directories: [directory]), in: directory)
    }

    /// Compiled to the smallest form, files leave all of the present and the future to their footers.
    @Test func `in slim files, where the footers rule`() throws {
        let database = ZoneDatabase.system
        let source = try #require(
            database.directories.map { $0 + "/tzdata.zi" }.first { FileManager.default.fileExists(atPath: $0) },
            "the system has no tzdata.zi (Debian: tzdata)")
        let folder = try TemporaryFolder()
        // zic is in sbin, which a user's path may lack.
        let zic = ["/usr/sbin/zic", "/sbin/zic"].first { FileManager.default.isExecutableFile(atPath: $0) } ?? "zic"
        _ = try Program.output([zic, "-b", "slim", "-d", folder.path, source])
        // zic of glibc 2.36 leaves out of this one file where its footer begins (2022-11-30), so footer and last
        // transition contradict each other, against RFC 9636 §3.3, and readers differ. The file of the system is right,
        // and compared above.
        try compare(ZoneDatabase(directories: [folder.path]), in: folder.path, except: ["America/Ojinaga"])
    }

    private func compare(_ database: ZoneDatabase, in directory: String, except skipped: Set<String> = []) throws {
        let oracle = try Oracle(directory: directory, years: 2000...2040)
        #expect(oracle.answers.flatMap(\.names).sorted() == database.names)
        var differences: [String] = []
        var readings = 0
        for answer in oracle.answers {
            #expect(!answer.states.isEmpty)
            readings += answer.readings.count
            for name in answer.names where !skipped.contains(name) {
                differences += try transitionDifferences(of: database.zone(named: name), from: answer)
                differences += try readingDifferences(of: database.zone(named: name), from: answer)
            }
        }
        #expect(readings > 0, "the oracle found no transitions at all")
        #expect(differences.prefix(20) == [], "\(differences.count) differences")
    }

    /// The walk from transition to transition must meet exactly those Python found, with the same state on both sides.
    private func transitionDifferences(of zone: Zone, from answer: Oracle.Answer) throws -> [String] {
        let end = try instant("2041-01-01T00:00:00Z")
        var found: [String] = []
        var next: Instant? = try instant("2000-01-01T00:00:00Z")
        var before: String?
        while let time = next, time < end {
            if let before { found.append("\(zone) until \(time.seconds): \(before)") }
            found.append("\(zone) from \(time.seconds): \(state(of: zone, at: time))")
            next = zone.nextTransition(after: time)
            before = next.map { state(of: zone, at: $0 + .microseconds(-1)) }
        }
        var expected: [String] = []
        for (index, state) in answer.states.enumerated() {
            if index > 0 {
                let previous = text(answer.states[index - 1])
                expected.append("\(zone) until \(state.time): \(previous)")
            }
            expected.append("\(zone) from \(state.time): \(text(state))")
        }
        return found.difference(from: expected).map { "\($0)" }
    }

    private func state(of zone: Zone, at time: Instant) -> String {
        "\(zone.offset(at: time)) \(zone.abbreviation(at: time)) \(zone.isDaylight(at: time))"
    }

    private func text(_ state: Oracle.State) -> String { "\(state.offset) \(state.abbreviation) \(state.isDaylight)" }

    private func readingDifferences(of zone: Zone, from answer: Oracle.Answer) -> [String] {
        answer.readings.compactMap { reading in
            let wall = Instant(seconds: reading.wall)
            let first = wall + .seconds(-reading.offsets[0])
            let second = wall + .seconds(-reading.offsets[1])
            // Python: fold 0 reads with the offset before a transition, fold 1 with the one after it.
            let expected: LocalInstants =
                if first == second {
                    .one(first)
                } else if first < second {
                    .overlap(earlier: first, later: second)
                } else {
                    .gap(before: first, after: second)
                }
            let found = zone.instants(of: Zone.utc.localTime(at: wall))
            return found == expected ? nil : "\(zone) at \(wall): \(found), Python: \(expected)"
        }
    }
}
