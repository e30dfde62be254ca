/// Some of the process's topics, by their numbers in the ``TopicCatalogue``.
struct TopicSet: Sendable, Equatable {
    private var words: [UInt64] = []

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    func contains(_ topic: Int) -> Bool {
        let word = topic >> 6
        return word < words.count && words[word] >> UInt64(topic & 63) & 1 == 1
    }

    mutating func insert(_ topic: Int) {
        while words.count <= topic >> 6 { words.append(0) }
        words[topic >> 6] |= 1 << UInt64(topic & 63)
    }

    mutating func remove(_ topic: Int) {
        guard topic >> 6 < words.count else { return }
        words[topic >> 6] &= ~(1 << UInt64(topic & 63))
    }
}
