public import StoreAPI

/// In whose name a statement runs: it reaches the tables with this owner's prefix and no others.
///
/// Prefixes are letters and digits with one underscore at the end, so that no prefix can be the beginning of
/// another one, and a table name says whose it is.
public struct Owner: Sendable, Hashable {
    /// The plugin's id, or `portico` for the host; part of what sealed values are bound to.
    public var id: String { names.id }
    /// What the names of its tables, indexes, triggers and views begin with, e.g. `appointments_`.
    public var prefix: String { names.prefix }
    var prefixBytes: [UInt8] { names.prefixBytes }

    /// One reference, because an owner goes along with every session and statement.
    private let names: Names

    private final class Names: Sendable {
        let id: String
        let prefix: String
        let prefixBytes: [UInt8]

        init(id: String, prefix: String) {
            self.id = id
            self.prefix = prefix
            prefixBytes = Array(prefix.utf8)
        }
    }

    /// The host itself: `portico_`.
    public static let host = Owner(unchecked: "portico", prefix: "portico_")

    /// A plugin; its prefix is the id without hyphens and with an underscore behind (`sales-tasks` → `salestasks_`).
    ///
    /// - Throws: ``StoreError`` of kind `.misuse` when the id is not of lower-case letters, digits and single
    ///   hyphens, starting with a letter, or takes a name that belongs to the host or to SQLite.
    public init(plugin id: String) throws(StoreError) {
        let bytes = Array(id.utf8)
        let letters = bytes.filter { $0 != UInt8(ascii: "-") }
        let isName =
            (bytes.first.map { (0x61...0x7A).contains($0) } ?? false)
            && bytes.last != UInt8(ascii: "-")
            && letters.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
            && !zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "-") && $1 == UInt8(ascii: "-") }
            && bytes.count <= 40
        let stem = String(decoding: letters, as: UTF8.self)
        guard isName, !Self.reserved.contains(stem) else {
            throw StoreError(.misuse, "\(id) cannot be the id of an owner of tables")
        }
        self.init(unchecked: id, prefix: stem + "_")
    }

    private init(unchecked id: String, prefix: String) {
        names = Names(id: id, prefix: prefix)
    }

    /// Stems of the host and of tables that SQLite makes appear by themselves (`json_each`, `pragma_…`).
    private static let reserved: Set<String> = [
        "portico", "sqlite", "json", "pragma", "fts5", "temp", "main", "tenant",
    ]

    public static func == (left: Owner, right: Owner) -> Bool { left.names === right.names || left.id == right.id }
    public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}
