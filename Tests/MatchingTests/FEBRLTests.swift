import Matching
import Testing

@Suite struct `The public FEBRL sets` {
    /// What the ECM classifier of the Python package reaches with sensible blocking and comparators chosen by hand.
    private static let reference = [1: 0.999, 2: 0.995, 3: 0.997, 4: 0.999]

    @Test(arguments: [1, 2, 3, 4])
    func `are linked as well as by an established program, with nothing told about the fields`(_ set: Int) throws {
        let records = try FEBRL.records(set)
        #expect(records.count == [1: 1000, 2: 5000, 3: 5000, 4: 10_000][set])
        let linkage = try RecordLinkage(records)
        for algorithm in [MatchingAlgorithm.mlModel, .hybrid] {
            let f1 = FEBRL.f1(linkage.matches(algorithm, confidence: 0.8).matches, of: records)
            #expect(f1 >= Self.reference[set] ?? 1, "\(algorithm.rawValue)")
        }
        // A similarity is no probability: its threshold is another.
        #expect(FEBRL.f1(linkage.matches(.fuzzyMatch, confidence: 0.6).matches, of: records) >= 0.98)
        let kinds = Dictionary(uniqueKeysWithValues: linkage.kinds.map { ($0.name, $0.kind) })
        #expect(kinds["given_name"] == .name && kinds["surname"] == .name && kinds["date_of_birth"] == .date)
        #expect(kinds["postcode"] == .code && kinds["soc_sec_id"] == .code && kinds["address_1"] == .text)
        #expect(kinds["street_number"] == .number && kinds["state"] == .category)
    }
}
