import Crypto
import PluginAPI

/// The authenticator apps of people: at most one each, which counts once a first code has proven it (RFC 6238).
enum AuthenticatorTable {
    /// The app of a person, proven or not.
    static func find(_ person: PersonID, _ tables: some Queries) throws(StoreError) -> Authenticator? {
        try tables.first(
            "SELECT person_id, secret, algorithm, proven_at, last_step FROM portico_totp WHERE person_id = \(person)",
            as: Authenticator.self)
    }

    /// The app of a person that counts.
    static func proven(_ person: PersonID, _ tables: some Queries) throws(StoreError) -> Authenticator? {
        let found = try find(person, tables)
        return found?.provenAt == nil ? nil : found
    }

    /// Keeps a secret that waits for its first code, in the place of an earlier one that waited.
    static func begin(
        _ secret: AuthenticatorSecret, _ algorithm: TOTP.Algorithm, of person: PersonID, now: Instant,
        _ host: HostWriter
    ) throws(StoreError) {
        try host.run("DELETE FROM portico_totp WHERE person_id = \(person) AND proven_at IS NULL")
        try host.run(
            """
            INSERT INTO portico_totp (person_id, secret, algorithm, created_at)
            VALUES (\(person), \(Sealed(secret)), \(algorithm.rawValue), \(now.microseconds))
            """)
    }

    /// Lets the app count from now on.
    static func prove(_ person: PersonID, now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run("UPDATE portico_totp SET proven_at = \(now.microseconds) WHERE person_id = \(person)")
    }

    /// Spends a code of the app: each step is good once, and none before it any more (RFC 6238 §5.2).
    ///
    /// - Returns: whether the code is right and unspent.
    static func spend(
        _ code: String, of app: Authenticator, now: Instant, _ host: HostWriter
    ) throws -> Bool {
        guard let step = try app.totp().matchedStep(of: code, at: now.seconds) else { return false }
        let number = Int64(clamping: step)
        return try host.run(
            "UPDATE portico_totp SET last_step = \(number) WHERE person_id = \(app.person) AND last_step < \(number)")
            > 0
    }

    /// Forgets the app and the recovery codes of a person.
    static func remove(_ person: PersonID, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_totp WHERE person_id = \(person)")
        try host.run("DELETE FROM portico_recovery_code WHERE person_id = \(person)")
        try host.run("DELETE FROM portico_factor_challenge WHERE person_id = \(person)")
    }
}

/// An app as it is stored.
struct Authenticator: Record {
    let person: PersonID
    let secret: AuthenticatorSecret
    let algorithm: TOTP.Algorithm
    let provenAt: Instant?
    let lastStep: Int64

    init(row: borrowing Row) throws(StoreError) {
        person = try row.get("person_id")
        secret = try row.get("secret", as: Sealed<AuthenticatorSecret>.self).value
        guard let known = TOTP.Algorithm(rawValue: try row.get("algorithm")) else {
            throw StoreError(.misuse, "an authenticator's algorithm is none")
        }
        algorithm = known
        provenAt = try row.get("proven_at", as: Int64?.self).map { Instant(microseconds: $0) }
        lastStep = try row.get("last_step")
    }

    /// - Throws: ``CryptoError`` when the secret is too short.
    func totp() throws(CryptoError) -> TOTP { try TOTP(secret: secret.bytes, algorithm: algorithm) }
}

/// What an app and the host share.
struct AuthenticatorSecret: Sealable {
    /// In base32.
    let text: String

    init(_ secret: SecretBytes) { text = secret.withBytes { Base32.encode($0) } }

    /// - Throws: ``CryptoError`` when it is no secret.
    var bytes: SecretBytes {
        get throws(CryptoError) {
            guard let bytes = Base32.decode(text) else { throw .malformedKey }
            return SecretBytes(bytes)
        }
    }

    static let sealTag = "totp-secret"
    var sealedBytes: [UInt8] { Array(text.utf8) }
    init?(sealedBytes: [UInt8]) { text = String(decoding: sealedBytes, as: UTF8.self) }
}
