/// Goes through a name in capital letters (a space is 0) and writes down how it sounds, both ways.
struct MetaphoneSpeaker {
    let word: [UInt8]
    private let length: Int
    private(set) var primary: [UInt8] = []
    private(set) var secondary: [UInt8] = []
    var at = 0
    /// Signs of Slavic or Germanic origin anywhere in the name.
    let isSlavoGermanic: Bool

    init(_ word: [UInt8], _ length: Int) {
        self.word = word
        self.length = length
        let text = String(decoding: word, as: UTF8.self)
        isSlavoGermanic = text.contains("W") || text.contains("K") || text.contains("CZ") || text.contains("WITZ")
    }

    mutating func speak() {
        if has(0, "GN", "KN", "PN", "WR", "PS") { at = 1 }
        if has(0, "X") {
            say("S")
            at = 1
        }
        while at < word.count, primary.count < length || secondary.count < length {
            switch word[at] {
            case Self.a, Self.e, Self.i, Self.o, Self.u, Self.y:
                if at == 0 { say("A") }
                at += 1
            case UInt8(ascii: "B"): one("P", double: "B")
            case UInt8(ascii: "C"): speakC()
            case UInt8(ascii: "D"): speakD()
            case UInt8(ascii: "F"): one("F", double: "F")
            case UInt8(ascii: "G"): speakG()
            case UInt8(ascii: "H"): speakH()
            case UInt8(ascii: "J"): speakJ()
            case UInt8(ascii: "K"): one("K", double: "K")
            case UInt8(ascii: "L"): speakL()
            case UInt8(ascii: "M"): speakM()
            case UInt8(ascii: "N"): one("N", double: "N")
            case UInt8(ascii: "P"): speakP()
            case UInt8(ascii: "Q"): one("K", double: "Q")
            case UInt8(ascii: "R"): speakR()
            case UInt8(ascii: "S"): speakS()
            case UInt8(ascii: "T"): speakT()
            case UInt8(ascii: "V"): one("F", double: "V")
            case UInt8(ascii: "W"): speakW()
            case UInt8(ascii: "X"): speakX()
            case UInt8(ascii: "Z"): speakZ()
            default: at += 1
            }
        }
    }

    // MARK: Looking

    static let a = UInt8(ascii: "A"), e = UInt8(ascii: "E"), i = UInt8(ascii: "I")
    static let o = UInt8(ascii: "O"), u = UInt8(ascii: "U"), y = UInt8(ascii: "Y")

    var last: Int { word.count - 1 }

    /// The letter at a place; 0 outside the word.
    func letter(_ place: Int) -> UInt8 { word.indices.contains(place) ? word[place] : 0 }

    /// Whether one of the spellings stands at a place.
    func has(_ place: Int, _ spellings: String...) -> Bool {
        guard place >= 0 else { return false }
        return spellings.contains { spelling in
            guard place + spelling.utf8.count <= word.count else { return false }
            var here = place
            for letter in spelling.utf8 {
                if word[here] != letter { return false }
                here += 1
            }
            return true
        }
    }

    func isVowel(_ place: Int) -> Bool {
        switch letter(place) {
        case Self.a, Self.e, Self.i, Self.o, Self.u, Self.y: true
        default: false
        }
    }

    /// A Germanic beginning, after which `ch` and `sch` are hard.
    var isGermanic: Bool { has(0, "VAN\0", "VON\0", "SCH") }

    // MARK: Saying

    mutating func say(_ both: String) { say(both, both) }

    mutating func say(_ first: String, _ second: String) {
        primary += Array(first.utf8)
        secondary += Array(second.utf8)
    }

    /// Says a sound and goes on by so many letters.
    mutating func say(_ first: String, _ second: String, skip: Int) {
        say(first, second)
        at += skip
    }

    mutating func say(_ both: String, skip: Int) { say(both, both, skip: skip) }

    /// One sound, for one letter or two of it.
    private mutating func one(_ sound: String, double: String) {
        say(sound, skip: has(at + 1, double) ? 2 : 1)
    }
}
