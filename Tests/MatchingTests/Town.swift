import Matching

/// A made-up town: people, some of whom were written down twice, some under one roof.
struct Town {
    private(set) var records: [MatchingRecord] = []
    /// Whose record each is.
    private(set) var person: [Int] = []

    private var random: Dice
    private static let syllables = ["ka", "lo", "mir", "ten", "bru", "sel", "dor", "fi", "gan", "pe", "ru", "stal"]

    init(people: Int, doubles: Int, households: Int, seed: UInt64 = 1) {
        random = Dice(state: seed)
        var homes: [[String: String]] = []
        for number in 0..<people {
            var new = stranger()
            if number < households { homes.append(new) }
            if number >= people - households, let home = homes.popLast() {
                // Same roof, other person.
                for field in ["lastName", "phone", "street", "city"] { new[field] = home[field] }
            }
            add(new, number)
            if number < doubles { add(slipped(new), number) }
        }
    }

    private mutating func word(_ count: Int) -> String {
        (0..<count).map { _ in Self.syllables[Int.random(in: 0..<Self.syllables.count, using: &random)] }.joined()
    }

    private mutating func number(_ range: ClosedRange<Int>, width: Int) -> String {
        let digits = String(Int.random(in: range, using: &random))
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private mutating func stranger() -> [String: String] {
        let (first, last) = (word(2), word(3))
        let birth = [number(1930...2010, width: 4), number(1...12, width: 2), number(1...28, width: 2)]
        return [
            "firstName": first, "lastName": last, "dateOfBirth": birth.joined(separator: "-"),
            "phone": "+1555" + number(0...9_999_999, width: 7),
            "email": "\(first).\(last)\(number(0...99, width: 2))@example.com",
            "street": number(1...200, width: 1) + " " + word(3) + " street", "city": word(2),
        ]
    }

    /// One letter of two fields is swapped with its neighbour, a third field is empty.
    private mutating func slipped(_ original: [String: String]) -> [String: String] {
        var fields = original
        let names = fields.keys.sorted().shuffled(using: &random)
        for name in names.prefix(2) {
            var letters = Array(fields[name] ?? "")
            let at = Int.random(in: 0..<letters.count - 1, using: &random)
            letters.swapAt(at, at + 1)
            fields[name] = String(letters)
        }
        fields[names[2]] = ""
        return fields
    }

    private mutating func add(_ fields: [String: String], _ number: Int) {
        records.append(
            MatchingRecord(
                name: "\(records.count)", fields: fields.sorted { $0.key < $1.key }.map { .init($0.key, $0.value) }))
        person.append(number)
    }
}

/// Chance that is the same in each run.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return mixed ^ (mixed >> 33)
    }
}
