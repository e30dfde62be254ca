/// One row of a result, readable only while the statement stands on it.
///
/// It cannot be copied or kept: a record takes from it what it needs in its ``Record/init(row:)``.
public struct Row: ~Copyable {
    @usableFromInline let source: any RowSource

    /// The database lends its cursor; plugins never make a row.
    public init(source: any RowSource) { self.source = source }

    /// The value of a column.
    ///
    /// - Throws: ``StoreError`` of kind `.mismatch` when there is no such column or it holds another type.
    @inlinable
    public borrowing func get<V: SQLConvertible>(_ column: String, as type: V.Type = V.self) throws(StoreError) -> V {
        guard let index = source.index(of: column) else {
            throw StoreError(.mismatch, "no column \(column) in the result")
        }
        return try get(at: index, as: type)
    }

    /// The value of a column by position, from 0; faster than by name in loops over many rows.
    ///
    /// - Throws: ``StoreError`` of kind `.mismatch` when there is no such column or it holds another type.
    @inlinable
    public borrowing func get<V: SQLConvertible>(at index: Int, as type: V.Type = V.self) throws(StoreError) -> V {
        guard let value = try V.read(source, at: index) else {
            throw StoreError(.mismatch, "column \(index) does not hold a \(V.self)")
        }
        return value
    }

    /// Whatever a column holds, for what goes by names that are known at run time alone.
    ///
    /// - Parameter seal: the tag under which it lies sealed; what is opened comes as `.blob`.
    /// - Throws: ``StoreError`` when there is no such column or the seal does not open.
    public borrowing func value(at index: Int, seal: String? = nil) throws(StoreError) -> SQLValue {
        source.isNull(at: index) ? .null : try source.value(at: index, seal: seal)
    }
}

/// The cursor behind a ``Row``: the database implements it over its statement.
public protocol RowSource: AnyObject {
    /// The position of a column by its name in the result, from 0.
    func index(of column: String) -> Int?
    /// The value at a position; with a seal tag, the stored bytes are decrypted under that tag and come as `.blob`.
    ///
    /// - Throws: ``StoreError`` when the position does not exist or the seal does not open.
    func value(at index: Int, seal: String?) throws(StoreError) -> SQLValue
    /// Whether there is a null at a position.
    func isNull(at index: Int) -> Bool
    /// The text at a position; nil when it is null.
    ///
    /// - Throws: ``StoreError`` of kind `.mismatch` when the position does not exist or holds something else.
    func text(at index: Int) throws(StoreError) -> String?
    /// The whole number at a position; nil when it is null.
    ///
    /// - Throws: ``StoreError`` of kind `.mismatch` when the position does not exist or holds something else.
    func integer(at index: Int) throws(StoreError) -> Int64?
}

/// A struct read from a row.
public protocol Record: Sendable {
    /// Reads the columns this record needs; further columns are ignored.
    init(row: borrowing Row) throws(StoreError)
}
