/// A type that is stored only encrypted.
public protocol Sealable: Sendable {
    /// Names the column for the encryption, e.g. `totp-secret`; bound to the ciphertext, so that a value
    /// copied to another column does not open there. Never changes once data exists.
    static var sealTag: String { get }
    /// The bytes to encrypt.
    var sealedBytes: [UInt8] { get }
    /// The value from decrypted bytes; nil when they are not one.
    init?(sealedBytes: [UInt8])
}

/// A value that is AES-256-GCM ciphertext in the file and plain only in memory.
///
/// It binds and reads like any column, but cannot be compared, sorted or indexed in SQL; for look-ups by
/// equality a ``BlindIndex`` column stands beside it.
public struct Sealed<Value: Sealable>: SQLConvertible {
    /// The plain value.
    public let value: Value

    public init(_ value: Value) { self.value = value }

    public var sqlValue: SQLValue { .sealed(tag: Value.sealTag, plain: value.sealedBytes) }

    public init?(sqlValue: SQLValue) {
        guard case .blob(let bytes) = sqlValue, let value = Value(sealedBytes: bytes) else { return nil }
        self.value = value
    }

    public static var columnSeal: String? { Value.sealTag }
}

extension Sealed: CustomStringConvertible {
    /// Never the value: logs must not carry it.
    public var description: String { "<sealed>" }
}

/// A keyed hash of a value (HMAC-SHA-256 under the tenant's second key): finds a sealed value by equality
/// without storing anything that reveals it.
public struct BlindIndex: SQLConvertible {
    private let tag: String
    private let plain: [UInt8]

    /// The tag separates columns: the same text has another index in another column.
    public init(_ text: String, tag: String) {
        self.tag = tag
        plain = Array(text.utf8)
    }

    public var sqlValue: SQLValue { .blind(tag: tag, plain: plain) }

    /// An index is only compared in SQL, never read back.
    public init?(sqlValue: SQLValue) { nil }
}

/// Encrypts and hashes for one owner of one tenant; the host gives it to the database.
public protocol Sealer: Sendable {
    /// nonce ‖ ciphertext ‖ tag of the plain bytes, with (owner, tag) as associated data.
    func seal(_ plain: [UInt8], owner: String, tag: String) throws(StoreError) -> [UInt8]
    /// The plain bytes.
    ///
    /// - Throws: ``StoreError`` of kind `.seal` when they do not open.
    func open(_ sealed: [UInt8], owner: String, tag: String) throws(StoreError) -> [UInt8]
    /// 32 bytes, the same for the same (owner, tag, plain).
    func blind(_ plain: [UInt8], owner: String, tag: String) throws(StoreError) -> [UInt8]
}
