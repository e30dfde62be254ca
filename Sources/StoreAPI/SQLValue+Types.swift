extension String: SQLConvertible {
    @inlinable public var sqlValue: SQLValue { .text(self) }
    @inlinable public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self = text
    }
    @inlinable public static func read(_ source: any RowSource, at index: Int) throws(StoreError) -> String? {
        try source.text(at: index)
    }
}

extension Int: SQLConvertible {
    @inlinable public var sqlValue: SQLValue { .integer(Int64(self)) }
    @inlinable public init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue, let value = Int(exactly: number) else { return nil }
        self = value
    }
    @inlinable public static func read(_ source: any RowSource, at index: Int) throws(StoreError) -> Int? {
        try source.integer(at: index).flatMap { Int(exactly: $0) }
    }
}

extension Int64: SQLConvertible {
    @inlinable public var sqlValue: SQLValue { .integer(self) }
    @inlinable public init?(sqlValue: SQLValue) {
        guard case .integer(let number) = sqlValue else { return nil }
        self = number
    }
    @inlinable public static func read(_ source: any RowSource, at index: Int) throws(StoreError) -> Int64? {
        try source.integer(at: index)
    }
}

extension Double: SQLConvertible {
    @inlinable public var sqlValue: SQLValue { .real(self) }
    @inlinable public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .real(let number): self = number
        case .integer(let number): self = Double(number)
        default: return nil
        }
    }
}

/// Stored as 0 or 1, since SQLite has no boolean.
extension Bool: SQLConvertible {
    @inlinable public var sqlValue: SQLValue { .integer(self ? 1 : 0) }
    @inlinable public init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .integer(0): self = false
        case .integer(1): self = true
        default: return nil
        }
    }
}

extension [UInt8]: SQLConvertible {
    @inlinable public var sqlValue: SQLValue { .blob(self) }
    @inlinable public init?(sqlValue: SQLValue) {
        guard case .blob(let bytes) = sqlValue else { return nil }
        self = bytes
    }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    @inlinable public var sqlValue: SQLValue { self?.sqlValue ?? .null }
    @inlinable public init?(sqlValue: SQLValue) {
        if case .null = sqlValue {
            self = .none
        } else if let wrapped = Wrapped(sqlValue: sqlValue) {
            self = .some(wrapped)
        } else {
            return nil
        }
    }
    @inlinable public static var columnSeal: String? { Wrapped.columnSeal }
    @inlinable public static func read(_ source: any RowSource, at index: Int) throws(StoreError) -> Self? {
        if let value = try Wrapped.read(source, at: index) { return .some(value) }
        return source.isNull(at: index) ? .some(nil) : nil
    }
}

/// Any enum of strings is a column once it says so: `enum Status: String, SQLConvertible`.
extension SQLConvertible where Self: RawRepresentable, RawValue == String {
    @inlinable public var sqlValue: SQLValue { .text(rawValue) }
    @inlinable public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(rawValue: text)
    }
    @inlinable public static func read(_ source: any RowSource, at index: Int) throws(StoreError) -> Self? {
        try source.text(at: index).flatMap { Self(rawValue: $0) }
    }
}
