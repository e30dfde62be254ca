import Crypto
import PluginAPI

/// Codes for the day the authenticator is lost: ten, each good once.
///
/// A code has 120 random bits, so that a plain digest of it can be stored (ASVS 6.5.2).
enum RecoveryCodes {
    static let count = 10

    /// Ten new codes of a person in the place of all earlier ones.
    ///
    /// - Returns: the codes in groups of six, shown once.
    static func renew(of person: PersonID, _ host: HostWriter) throws(StoreError) -> [String] {
        try host.run("DELETE FROM portico_recovery_code WHERE person_id = \(person)")
        var codes: [String] = []
        for _ in 0..<count {
            let code = Base32.encode(Random.bytes(15)).lowercased()
            try host.run(
                "INSERT INTO portico_recovery_code (hash, person_id) VALUES (\(hash(code)), \(person))")
            codes.append(grouped(code))
        }
        return codes
    }

    /// Spends a code.
    ///
    /// - Parameter typed: with or without its dashes, in either case.
    /// - Returns: whether it is one of the person's and was not used.
    static func spend(
        _ typed: String, of person: PersonID, now: Instant, _ host: HostWriter
    ) throws(StoreError) -> Bool {
        let code = typed.lowercased().filter { $0 != "-" && $0 != " " }
        guard code.utf8.count == 24 else { return false }
        return try host.run(
            """
            UPDATE portico_recovery_code SET used_at = \(now.microseconds)
            WHERE hash = \(hash(code)) AND person_id = \(person) AND used_at IS NULL
            """) > 0
    }

    /// How many a person has left.
    static func left(of person: PersonID, _ tables: some Queries) throws(StoreError) -> Int {
        try tables.value(
            "SELECT count(*) FROM portico_recovery_code WHERE person_id = \(person) AND used_at IS NULL") ?? 0
    }

    private static func hash(_ code: String) -> [UInt8] { SHA256.hash(Array(code.utf8)).bytes }

    private static func grouped(_ code: String) -> String {
        let letters = Array(code)
        return stride(from: 0, to: letters.count, by: 6)
            .map { String(letters[$0..<min($0 + 6, letters.count)]) }.joined(separator: "-")
    }
}
