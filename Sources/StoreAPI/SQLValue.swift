/// A value as it is bound to a statement or read from a row.
public enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
    /// Plain bytes that are encrypted on the way into the file, with the tag as associated data (see ``Sealed``).
    case sealed(tag: String, plain: [UInt8])
    /// Bytes that are replaced by their keyed hash on the way into the file (see ``BlindIndex``).
    case blind(tag: String, plain: [UInt8])
}

/// A type that can be bound to a statement and read from a column.
public protocol SQLConvertible: Sendable {
    /// The value as a column holds it.
    var sqlValue: SQLValue { get }
    /// The value read from a column; nil when the column holds another kind.
    init?(sqlValue: SQLValue)
    /// How the column is to be read: sealed columns are decrypted first.
    static var columnSeal: String? { get }
    /// The value of a column; nil when it is null or no such value. Types that are text or a whole number in the file
    /// read it without an ``SQLValue`` between.
    static func read(_ source: any RowSource, at index: Int) throws(StoreError) -> Self?
}

extension SQLConvertible {
    /// Plain columns carry no seal.
    @inlinable public static var columnSeal: String? { nil }

    /// Reads the column as an ``SQLValue`` first.
    @inlinable
    public static func read(_ source: any RowSource, at index: Int) throws(StoreError) -> Self? {
        Self(sqlValue: try source.value(at: index, seal: columnSeal))
    }
}
