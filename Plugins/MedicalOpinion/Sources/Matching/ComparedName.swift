internal import Matching

/// A doctor's, patient's or hospital's name as it is compared: `Dr. Ana Müller` and `Muller, Ana` are one.
struct ComparedName: Sendable {
    private let words: [WordSets.Word]

    init(_ name: String) {
        let all = FoldedText(name, limit: 300).words
        let telling = all.filter { !Self.titles.contains(String(decoding: $0, as: UTF16.self)) }
        words = telling.map { word in
            // `University Hospital` alone says little about which.
            WordSets.Word(word, weight: Self.general.contains(String(decoding: word, as: UTF16.self)) ? 0.3 : 1)
        }
    }

    /// From here on two names may be of one and the same.
    static let threshold = 0.75

    /// 0 to 1.
    func similarity(_ other: ComparedName) -> Double { WordSets.similarity(words, other.words) }

    func isClose(to other: ComparedName) -> Bool { similarity(other) >= Self.threshold }

    private static let titles: Set<String> = [
        "dr", "prof", "professor", "doctor", "md", "phd", "med", "mr", "mrs", "ms", "herr", "frau", "the", "of", "and",
        "de", "del", "la", "der", "die", "und", "y",
    ]
    private static let general: Set<String> = [
        "hospital", "clinic", "clinica", "klinik", "klinikum", "krankenhaus", "spital", "medical", "university",
        "universitatsspital", "universitatsklinikum", "center", "centre", "centro", "institute", "practice", "praxis",
        "general", "health", "st", "saint",
    ]
}
