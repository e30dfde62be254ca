import PluginAPI

/// Which events a webhook gets: a name, `message.*` for all that begin so, or `*` for all.
struct WebhookPattern: Sendable, Equatable {
    let text: String

    /// Nil for what is no pattern.
    init?(_ text: String) {
        let words = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= 100, (1...5).contains(words.count),
            words.enumerated().allSatisfy({ place, word in
                if word == "*" { return place == words.count - 1 }
                return !word.isEmpty && word.utf8.allSatisfy(Self.isLetter)
            })
        else { return nil }
        self.text = text
    }

    func matches(_ event: String) -> Bool {
        if text == "*" { return true }
        guard text.utf8.last == UInt8(ascii: "*") else { return text == event }
        return event.hasPrefix(text.dropLast())
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: true
        default: false
        }
    }
}

extension WebhookPattern: Described {
    static let schema = Schema<WebhookPattern>.text(
        JSONSchema(["type": "string", "maxLength": 100]), allowed: "a name such as message.created, message.* or *",
        sample: { ["message.created", "message.*", "*"][$0 % 3] }, parse: { WebhookPattern($0) },
        write: { $1.value($0.text) })
}
