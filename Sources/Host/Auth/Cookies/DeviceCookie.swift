import Crypto

/// The value of the cookie `portico_device`: 128 random bits that name a browser. Only a keyed hash of it is stored.
struct DeviceCookie: Sendable, Equatable {
    /// 22 characters of base64url.
    let value: String

    /// How long a browser keeps it: 400 days, the most that browsers allow.
    static let maxAge = 400 * 86_400

    /// One that a browser sent; nil when it is not of this form.
    init?(_ value: String) {
        guard value.utf8.count == 22, Base64URL.decode(value)?.count == 16 else { return nil }
        self.value = value
    }

    private init(bytes: [UInt8]) { value = Base64URL.encode(bytes) }

    /// A new one.
    static func make() -> DeviceCookie { DeviceCookie(bytes: Random.bytes(16)) }
}
