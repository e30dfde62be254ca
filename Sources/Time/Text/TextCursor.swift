/// A position in a text being read. The text is passed to each step, because a span cannot be stored.
struct TextCursor {
    /// The index of the next byte to read.
    var position = 0

    /// Whether everything has been read.
    func isAtEnd(of text: Span<UInt8>) -> Bool { position == text.count }

    /// The next byte, which stays unread; nil at the end.
    func peek(_ text: Span<UInt8>) -> UInt8? { position < text.count ? text[position] : nil }

    /// Reads `byte` if it is next.
    mutating func take(_ byte: Unicode.Scalar, _ text: Span<UInt8>) -> Bool {
        guard position < text.count, UInt32(text[position]) == byte.value else { return false }
        position += 1
        return true
    }

    /// Reads `word` if it is next; otherwise reads nothing.
    mutating func take(word: String, _ text: Span<UInt8>) -> Bool {
        var index = position
        for byte in word.utf8 {
            guard index < text.count, text[index] == byte else { return false }
            index += 1
        }
        position = index
        return true
    }

    /// Reads one digit.
    mutating func digit(_ text: Span<UInt8>) -> Int? {
        guard position < text.count, text[position] >= 48, text[position] <= 57 else { return nil }
        position += 1
        return Int(text[position - 1]) - 48
    }

    /// Reads exactly `count` digits.
    mutating func number(digits count: Int, _ text: Span<UInt8>) -> Int? {
        var value = 0
        for _ in 0..<count {
            guard let digit = digit(text) else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Reads one to `limit` digits; nil where there are none or more.
    mutating func number(upTo limit: Int, _ text: Span<UInt8>) -> Int? {
        guard var value = digit(text) else { return nil }
        var count = 1
        while let digit = digit(text) {
            count += 1
            guard count <= limit else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// Reads a point and one to nine digits, if a point is next, as nanoseconds; nil where the digits are missing or
    /// too many.
    mutating func fraction(_ text: Span<UInt8>) -> Int? {
        guard take(".", text) else { return 0 }
        let start = position
        guard var value = number(upTo: 9, text) else { return nil }
        for _ in (position - start)..<9 { value *= 10 }
        return value
    }
}
