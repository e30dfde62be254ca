/// A JSON value as a tree, for objects declared open, for settings and for documents made at start.
///
/// Typed requests and answers never pass through it: they are read from a ``JSONDocument`` and written with a ``JSONWriter``.
public enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object(Members)

    /// The members of an object in the order they were written.
    public struct Members: Sendable, ExpressibleByDictionaryLiteral {
        /// Name and value, each name once.
        public private(set) var list: [(name: String, value: JSON)] = []

        public init() {}
        public init(dictionaryLiteral elements: (String, JSON)...) {
            for (name, value) in elements { self[name] = value }
        }

        /// Adds a member whose name is known to be new; spares the search for it.
        mutating func append(new name: String, _ value: JSON) { list.append((name, value)) }

        /// The value under a name; setting nil removes it, setting a new name appends it.
        public subscript(name: String) -> JSON? {
            get { list.first { $0.name == name }?.value }
            set {
                let index = list.firstIndex { $0.name == name }
                switch (index, newValue) {
                case (let index?, let value?): list[index].value = value
                case (let index?, nil): list.remove(at: index)
                case (nil, let value?): list.append((name, value))
                case (nil, nil): break
                }
            }
        }
    }

    /// The members of an object; nil for every other kind.
    public var members: Members? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    /// The text of a string; nil for every other kind.
    public var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// A member of an object; nil for every other kind.
    public subscript(name: String) -> JSON? { members?[name] }
}

extension JSON.Members: Equatable {
    /// Objects are equal whatever the order of their members.
    public static func == (left: Self, right: Self) -> Bool {
        left.list.count == right.list.count && left.list.allSatisfy { right[$0.name] == $0.value }
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .number(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(nilLiteral: ()) { self = .null }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        var members = Members()
        for (name, value) in elements { members[name] = value }
        self = .object(members)
    }
}

extension JSON {
    /// The result of an RFC 7396 merge patch: members of the patch replace those of the target, null removes them.
    public func merged(with patch: JSON) -> JSON {
        guard case .object(let changes) = patch else { return patch }
        var result = members ?? Members()
        for (name, value) in changes.list {
            if case .null = value {
                result[name] = nil
            } else {
                result[name] = (result[name] ?? .null).merged(with: value)
            }
        }
        return .object(result)
    }

    /// Compact text of the tree.
    public var text: String {
        var writer = JSONWriter()
        writer.value(self)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
