/// A weight in a header (RFC 9110 §12.4.2).
enum Quality {
    /// `0`, `0.5`, `1.000` as thousandths; nil for anything else.
    static func read(_ text: some StringProtocol) -> Int? {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, first == 0x30 || first == 0x31, bytes.count <= 5 else { return nil }
        guard bytes.count > 1 else { return first == 0x31 ? 1000 : 0 }
        guard bytes[1] == UInt8(ascii: ".") else { return nil }
        var value = Int(first - 0x30)
        for index in 2..<5 {
            var digit = 0
            if index < bytes.count {
                guard 0x30...0x39 ~= bytes[index] else { return nil }
                digit = Int(bytes[index] - 0x30)
            }
            value = value * 10 + digit
        }
        return value <= 1000 ? value : nil
    }
}

extension String {
    /// Without the spaces and tabs at both ends that may surround parts of a header's value.
    var withoutEdges: String {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        let head = drop(while: isBlank)
        return String(head.prefix(head.count - head.reversed().prefix(while: isBlank).count))
    }
}
