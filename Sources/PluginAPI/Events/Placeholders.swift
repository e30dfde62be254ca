/// `{name}` in the texts of messages.
public enum Placeholders {
    /// The names that a text uses.
    public static func names(in text: String) -> [String] {
        var names: [String] = []
        fill(text) { name in
            names.append(name)
            return ""
        }
        return names
    }

    /// The text with every placeholder replaced by what the closure gives for its name; values are not searched again.
    @discardableResult
    public static func fill(_ text: String, _ value: (String) -> String) -> String {
        var out = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            out += rest[..<open]
            let name = rest[rest.index(after: open)..<close]
            let isName = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber }
            out += isName ? value(String(name)) : String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }
}
