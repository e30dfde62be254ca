import Matching

/// Links the records of its standard input, a line each with tabs between the fields: the names of the fields first, then
/// the records. The field `person` is not told to the module: it says whose record it is.
///
/// Prints for each algorithm the seconds since the start, and precision and recall at 0.8.
@main struct MatchingProbe {
    static func main() throws {
        let names = fields(readLine() ?? "")
        guard let hidden = names.firstIndex(of: "person") else { return print("There is no field person.") }
        var people: [String] = []
        var records: [MatchingRecord] = []
        while let line = readLine() {
            let values = fields(line)
            guard values.count == names.count else { continue }
            people.append(values[hidden])
            let told = zip(names, values).filter { $0.0 != "person" }.map { MatchingRecord.Field($0, $1) }
            records.append(MatchingRecord(name: "\(records.count)", fields: told))
        }
        var pairs = 0
        var seen: [String: Int] = [:]
        for person in people {
            pairs += seen[person, default: 0]
            seen[person, default: 0] += 1
        }
        let start = ContinuousClock.now
        let linkage = try RecordLinkage(records)
        for algorithm in MatchingAlgorithm.allCases {
            let matches = linkage.matches(algorithm, confidence: 0.8).matches
            let right = Double(matches.count { people[$0.left] == people[$0.right] })
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            let passed = Double(seconds) + Double(attoseconds) / 1e18
            print(algorithm.rawValue, passed, right / Double(max(1, matches.count)), right / Double(max(1, pairs)))
        }
    }

    private static func fields(_ line: String) -> [String] {
        line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
}
