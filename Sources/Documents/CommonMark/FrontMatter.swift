/// What stands above a text of a content folder: names and values between two lines of three dashes.
///
///     ---
///     title: "Before your visit"
///     tags: [skin, laser]
///     ---
public struct FrontMatter: Sendable, Equatable {
    /// One text, or several.
    public enum Value: Sendable, Equatable {
        case text(String)
        case list([String])
    }

    /// A line that is none.
    public struct Fault: Error, Equatable {
        /// In the file, from 1.
        public let line: Int
        public let reason: String
    }

    /// By name; names are lower-case as they were written.
    public let values: [String: Value]
    /// What stands below it.
    public let body: String

    /// - Throws: ``Fault``. A text that does not begin with three dashes is all body.
    public init(_ text: String) throws(Fault) {
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        guard lines.first?.trimmedSpaces == "---" || lines.first == "\u{FEFF}---" else {
            values = [:]
            body = text
            return
        }
        var values: [String: Value] = [:]
        for (number, line) in lines.enumerated().dropFirst() {
            let trimmed = line.trimmedSpaces
            if trimmed == "---" {
                self.values = values
                body = lines.dropFirst(number + 1).joined(separator: "\n")
                return
            }
            if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
            guard let colon = trimmed.firstIndex(of: ":") else {
                throw Fault(line: number + 1, reason: "is no name and value with a colon between")
            }
            let name = String(trimmed[..<colon].trimmedSpaces)
            guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
            else { throw Fault(line: number + 1, reason: "has a name that is not of letters, digits, - and _") }
            guard values[name] == nil else { throw Fault(line: number + 1, reason: "says \(name) again") }
            values[name] = try Self.value(trimmed[trimmed.index(after: colon)...].trimmedSpaces, line: number + 1)
        }
        throw Fault(line: lines.count, reason: "ends before a second line of three dashes")
    }

    /// The text under a name; nil where there is none, or a list.
    public func text(_ name: String) -> String? {
        if case .text(let text)? = values[name] { text } else { nil }
    }

    /// The list under a name; a single text is a list of one.
    public func list(_ name: String) -> [String] {
        switch values[name] {
        case .list(let list)?: list
        case .text(let text)?: text.isEmpty ? [] : [text]
        case nil: []
        }
    }

    private static func value(_ text: Substring, line: Int) throws(Fault) -> Value {
        guard text.first == "[" else { return .text(try unquoted(text, line)) }
        guard text.last == "]", text.count >= 2 else { throw Fault(line: line, reason: "has a list without an end") }
        let inner = text.dropFirst().dropLast().trimmedSpaces
        var list: [String] = []
        if inner.isEmpty { return .list([]) }
        var part = Substring()
        var quote: Character?
        for character in inner {
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "," {
                list.append(try unquoted(part.trimmedSpaces, line))
                part = ""
                continue
            }
            part.append(character)
        }
        list.append(try unquoted(part.trimmedSpaces, line))
        return .list(list)
    }

    private static func unquoted(_ text: Substring, _ line: Int) throws(Fault) -> String {
        guard let first = text.first, first == "\"" || first == "'" else { return String(text) }
        guard text.count >= 2, text.last == first else {
            throw Fault(line: line, reason: "has a quotation without an end")
        }
        return String(text.dropFirst().dropLast())
    }
}
