import Matching
import Testing

@Suite struct `Linking of records` {
    @Test(arguments: MatchingAlgorithm.allCases)
    func `finds one person in two of a few records`(_ algorithm: MatchingAlgorithm) throws {
        let records = Self.records([
            ["name": "John Smith", "email": "john.smith@example.com", "dateOfBirth": "1980-05-17"],
            ["name": "Maria Garcia", "email": "maria@example.org", "dateOfBirth": "1991-02-03"],
            ["name": "Jon Smith", "email": "john.smith@example.com", "dateOfBirth": "1980-05-17"],
            ["name": "Wei Chen", "email": "wei.chen@example.net", "dateOfBirth": "1975-12-30"],
        ])
        let found = try RecordLinkage(records).matches(algorithm, confidence: 0.8)
        #expect(found.matches.map { [$0.left, $0.right] } == [[0, 2]] && found.total == 1)
        let match = try #require(found.matches.first)
        #expect(match.fields.map(\.name).sorted() == ["dateOfBirth", "email", "name"])
        let email = try #require(match.fields.first { $0.name == "email" })
        #expect(email.similarity == 1 && email.weight > 0)
        #expect(match.fields.allSatisfy { (0...1).contains($0.similarity) })
    }

    @Test(arguments: MatchingAlgorithm.allCases)
    func `keeps strangers with one name apart`(_ algorithm: MatchingAlgorithm) throws {
        let records = Self.records([
            ["name": "John Smith", "email": "john.smith@example.com", "dateOfBirth": "1980-05-17"],
            ["name": "John Smith", "email": "js1975@example.org", "dateOfBirth": "1975-12-03"],
        ])
        #expect(try RecordLinkage(records).matches(algorithm, confidence: 0.8).matches.isEmpty)
    }

    @Test(arguments: [MatchingAlgorithm.mlModel, .hybrid])
    func `keeps a family with one name, roof and telephone apart`(_ algorithm: MatchingAlgorithm) throws {
        let town = Town(people: 1200, doubles: 250, households: 100)
        let found = try RecordLinkage(town.records).matches(algorithm, confidence: 0.8).matches
        let right = found.count { town.person[$0.left] == town.person[$0.right] }
        #expect(right >= 247, "of 250")
        #expect(found.count - right <= 5, "of 100 households")
    }

    @Test(arguments: [MatchingAlgorithm.mlModel, .hybrid])
    func `finds nothing where nobody is there twice`(_ algorithm: MatchingAlgorithm) throws {
        let town = Town(people: 800, doubles: 0, households: 0)
        #expect(try RecordLinkage(town.records).matches(algorithm, confidence: 0.8).matches.isEmpty)
    }

    @Test func `sees names that changed places, and dates in another order`() throws {
        var town = Town(people: 200, doubles: 60, households: 0).records
        town += Self.records([
            ["firstName": "Ottokar", "lastName": "Zwingli", "dateOfBirth": "1980-05-07", "city": "Kamir"],
            ["firstName": "Zwingli", "lastName": "Ottokar", "dateOfBirth": "1980-07-05", "city": "Kamir"],
        ])
        let found = try RecordLinkage(town).matches(.hybrid, confidence: 0.8).matches
        let match = try #require(found.first { $0.left == town.count - 2 && $0.right == town.count - 1 })
        let scores = Dictionary(uniqueKeysWithValues: match.fields.map { ($0.name, $0.similarity) })
        #expect(scores["firstName"] == 0.8 && scores["dateOfBirth"] == 0.85)
    }

    @Test func `says more of a rare name than of a common one`() throws {
        var people = (0..<200).map {
            ["name": $0 < 100 ? "Smith" : "Name\($0)", "born": "19\(10 + $0 % 80)-01-0\($0 % 9 + 1)"]
        }
        people += [["name": "Quixote", "born": "1950-03-03"], ["name": "Quixote", "born": "1950-03-03"]]
        people += [["name": "Smith", "born": "1951-04-04"], ["name": "Smith", "born": "1951-04-04"]]
        let found = try RecordLinkage(Self.records(people)).matches(.mlModel, confidence: 0).matches
        func weight(_ left: Int) -> Double? {
            found.first { $0.left == left && $0.right == left + 1 }?.fields.first { $0.name == "name" }?.weight
        }
        let (rare, common) = (try #require(weight(200)), try #require(weight(202)))
        #expect(rare > common + 3)
    }

    @Test(arguments: MatchingAlgorithm.allCases)
    func `keeps to the confidence asked for`(_ algorithm: MatchingAlgorithm) throws {
        let linkage = try RecordLinkage(Town(people: 150, doubles: 40, households: 20).records)
        let all = linkage.matches(algorithm, confidence: 0).matches
        #expect(all.count == linkage.compared && linkage.compared == 190 * 189 / 2)
        #expect(all.allSatisfy { (0...1).contains($0.confidence) && $0.left < $0.right })
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.confidence >= $1.confidence })
        // At the very confidence of some match, that match is in; a hair above, it is out.
        for confidence in Set(all.map(\.confidence)).sorted().suffix(20) + [0.1, 0.5, 0.8, 1] {
            let found = linkage.matches(algorithm, confidence: confidence).matches
            #expect(found == all.filter { $0.confidence >= confidence })
        }
        let first = linkage.matches(algorithm, confidence: 0, most: 3)
        #expect(first.matches == Array(all.prefix(3)) && first.total == all.count)
    }

    @Test func `finds whole doubles though they are many, and says that they are certain`() throws {
        let one = ["name": "Ann Lee", "email": "ann@example.com", "phone": "+15550100001"]
        var people = (0..<500).map {
            [
                "name": "Name\($0) Other\($0 % 7)", "email": "p\($0)@example.com",
                "phone": "+1555\(1_000_000 + $0 * 7919)",
            ]
        }
        people += Array(repeating: one, count: 3)
        let found = try RecordLinkage(Self.records(people)).matches(.hybrid, confidence: 0.99).matches
        #expect(
            found.map { [$0.left, $0.right] }.sorted { $0.lexicographicallyPrecedes($1) } == [
                [500, 501], [500, 502], [501, 502],
            ])
        let same = try RecordLinkage(Self.records([one, one])).matches(.fuzzyMatch, confidence: 1).matches
        #expect(same.map(\.confidence) == [1])
    }

    @Test func `is the same every time`() throws {
        let town = Town(people: 500, doubles: 100, households: 50).records
        let (first, second) = (try RecordLinkage(town), try RecordLinkage(town))
        for algorithm in MatchingAlgorithm.allCases {
            #expect(
                first.matches(algorithm, confidence: 0.3).matches == second.matches(algorithm, confidence: 0.3).matches)
        }
    }

    @Test func `bears records with nothing, with one field, and with very many`() throws {
        #expect(try RecordLinkage([]).matches(.hybrid, confidence: 0).matches.isEmpty)
        #expect(try RecordLinkage(Self.records([["a": "b"]])).matches(.hybrid, confidence: 0).matches.isEmpty)
        let empty = try RecordLinkage(Self.records([[:], [:], ["x": "n/a"]]))
        #expect(empty.kinds.isEmpty)
        for algorithm in MatchingAlgorithm.allCases {
            #expect(empty.matches(algorithm, confidence: 0.5).matches.isEmpty)
        }
        let wide = (0..<20).map { row in
            Dictionary(uniqueKeysWithValues: (0..<400).map { ("field\($0)", "value \(row * 7 % 5) \($0)") })
        }
        #expect(try RecordLinkage(Self.records(wide)).kinds.count == 32)
        let long = String(repeating: "word ", count: 20_000)
        let texts = try RecordLinkage(Self.records([["t": long, "n": "Ann"], ["t": long + "x", "n": "Ann"]]))
        #expect(texts.matches(.fuzzyMatch, confidence: 0.9).matches.count == 1)
    }

    @Test func `ends when it is told to`() throws {
        struct Enough: Error {}
        let town = Town(people: 500, doubles: 100, households: 0).records
        var told: [Double] = []
        _ = try RecordLinkage(town) { told.append($0) }
        #expect(told.count >= 5 && told == told.sorted() && told.allSatisfy { (0...1).contains($0) })
        for limit in [0.05, 0.15, 0.5, 0.85] {
            #expect(throws: Enough.self) { try RecordLinkage(town) { if $0 >= limit { throw Enough() } } }
        }
    }

    private static func records(_ people: [[String: String]]) -> [MatchingRecord] {
        people.enumerated().map { number, fields in
            MatchingRecord(
                name: "\(number)", fields: fields.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) })
        }
    }
}
