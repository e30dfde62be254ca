extension Request {
    /// The elements of a field that is a comma-separated list (RFC 9110 §5.6.1), of all its lines, without blanks around
    /// them; empty ones are left out.
    func elements(of name: HeaderName) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for value in headers(name) {
            var start = value.lowerBound
            for index in value.lowerBound...value.upperBound
            where index == value.upperBound || bytes[index] == UInt8(ascii: ",") {
                var (low, high) = (start, index)
                while low < high, ByteClass.isBlank(bytes[low]) { low += 1 }
                while high > low, ByteClass.isBlank(bytes[high - 1]) { high -= 1 }
                if low < high { found.append(low..<high) }
                start = index + 1
            }
        }
        return found
    }

    /// Whether a list has this element, written in lower case, in any case.
    func lists(_ element: StaticString, in name: HeaderName) -> Bool {
        elements(of: name).contains { range in
            bytes[range].map(ByteClass.lowercased).elementsEqual("\(element)".utf8)
        }
    }

    /// The value of a field that stands there exactly once.
    func only(_ name: HeaderName) -> Range<Int>? { hasRepeated(name) ? nil : header(name) }
}
