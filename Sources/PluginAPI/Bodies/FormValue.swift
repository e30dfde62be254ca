/// What a form sends under one name: texts, or members where the names are written `name[key]`.
public struct FormValue: Sendable, Equatable {
    /// The texts sent under this very name, in order.
    public private(set) var texts: [String]
    /// What was sent under `name[key]`, by key, in the order of their first. A key may be empty: `name[]`.
    public private(set) var members: [Member] = []

    /// One key with its value.
    public struct Member: Sendable, Equatable {
        /// What stands between the brackets.
        public let key: String
        public fileprivate(set) var value: FormValue
    }

    public init(_ texts: [String] = []) { self.texts = texts }

    /// Brackets beyond these are taken for a part of the name.
    static let depthLimit = 8

    /// `a[b][c]` as its names; a name whose brackets do not match is one name.
    static func path(of name: String) -> [String] {
        guard name.utf8.last == UInt8(ascii: "]"), let first = name.firstIndex(of: "["), first > name.startIndex else {
            return [name]
        }
        var keys = [String(name[..<first])]
        for part in name[first...].dropFirst().dropLast().split(separator: "][", omittingEmptySubsequences: false) {
            guard !part.contains("["), !part.contains("]") else { return [name] }
            keys.append(String(part))
        }
        return keys.count <= depthLimit + 1 ? keys : [name]
    }

    mutating func add(_ text: String, at path: ArraySlice<String>) {
        guard let key = path.first else { return texts.append(text) }
        let index = members.firstIndex { $0.key == key }
        if let index {
            members[index].value.add(text, at: path.dropFirst())
        } else {
            var value = FormValue()
            value.add(text, at: path.dropFirst())
            members.append(Member(key: key, value: value))
        }
    }

    /// The text, when there is one and nothing else.
    public var text: String? { texts.count == 1 && members.isEmpty ? texts[0] : nil }

    /// Whether texts and members were sent under one name, which means nothing.
    var isAmbiguous: Bool { !texts.isEmpty && !members.isEmpty || members.contains { $0.value.isAmbiguous } }

    /// The elements of a list: the texts, or the members `[]` in the order they came and then `[0]`, `[1]` … in theirs; nil
    /// when there are members by name.
    var elements: [FormValue]? {
        guard !members.isEmpty else { return texts.map { FormValue([$0]) } }
        var elements: [FormValue] = []
        var numbered: [(number: Int, value: FormValue)] = []
        for member in members {
            if member.key.isEmpty {
                elements += member.value.members.isEmpty ? member.value.texts.map { FormValue([$0]) } : [member.value]
            } else {
                guard let number = Int(member.key), number >= 0 else { return nil }
                numbered.append((number, member.value))
            }
        }
        return elements + numbered.sorted { $0.number < $1.number }.map(\.value)
    }

    /// The value as a tree of texts.
    var tree: JSON {
        guard !members.isEmpty else {
            return texts.count == 1 ? .string(texts[0]) : .array(texts.map { .string($0) })
        }
        if let elements { return .array(elements.map(\.tree)) }
        var object = JSON.Members()
        for member in members { object.append(new: member.key, member.value.tree) }
        return .object(object)
    }
}
