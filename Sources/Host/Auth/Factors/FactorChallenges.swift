import Crypto
import PluginAPI

/// Sign-ins whose password or texted code was right and that wait for the second factor: good for five minutes and five tries.
enum FactorChallenges {
    static let lifetime = Duration.seconds(300)
    static let triesLimit = 5
    /// The most of one person at a time; beyond them the oldest is dropped.
    static let capacity = 5

    /// Lets a sign-in wait.
    static func start(
        _ login: ProvenLogin, now: Instant, _ host: HostWriter
    ) throws(StoreError) -> SecondFactorChallenge {
        let token = Random.token(bytes: 32)
        try host.run(
            """
            DELETE FROM portico_factor_challenge WHERE person_id = \(login.person) AND hash NOT IN (
                SELECT hash FROM portico_factor_challenge
                WHERE person_id = \(login.person) AND expires_at > \(now.microseconds)
                ORDER BY expires_at DESC LIMIT \(capacity - 1))
            """)
        try host.run(
            """
            INSERT INTO portico_factor_challenge (hash, person_id, login, expires_at)
            VALUES (\(hash(token)), \(login.person), \(Sealed(login)), \((now + lifetime).microseconds))
            """)
        return SecondFactorChallenge(
            token: token, methods: ["totp", "recovery_code"], expiresIn: Int(lifetime.components.seconds))
    }

    /// Counts a try and gives the sign-in that waits; nil when none does.
    static func attempt(_ token: String, now: Instant, _ host: HostWriter) throws(StoreError) -> ProvenLogin? {
        let counted = try host.run(
            """
            UPDATE portico_factor_challenge SET tries = tries + 1
            WHERE hash = \(hash(token)) AND tries < \(triesLimit) AND expires_at > \(now.microseconds)
            """)
        guard counted > 0 else { return nil }
        return try host.value(
            "SELECT login FROM portico_factor_challenge WHERE hash = \(hash(token))", as: Sealed<ProvenLogin>.self)?
            .value
    }

    /// Ends the waiting.
    static func end(_ token: String, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_factor_challenge WHERE hash = \(hash(token))")
    }

    /// Forgets what has waited too long, so many rows at a time.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            DELETE FROM portico_factor_challenge WHERE hash IN (
                SELECT hash FROM portico_factor_challenge WHERE expires_at < \(now.microseconds) LIMIT 4000)
            """)
    }

    private static func hash(_ token: String) -> [UInt8] { SHA256.hash(Array(token.utf8)).bytes }
}

extension ProvenLogin: Sealable {
    static let sealTag = "factor-challenge"

    var sealedBytes: [UInt8] {
        let login: JSON = .object([
            "person": .string(person.rawValue), "plugin": .string(plugin), "role": .string(role),
            "remembered": .bool(isRemembered),
            "passwordSetAt": passwordSetAt.map { .integer($0.microseconds) } ?? .null,
            "counter": .string(Base64URL.encode(counter)),
            "device": device.map { .string(Base64URL.encode($0)) } ?? .null, "method": .string(method),
        ])
        return Array(login.text.utf8)
    }

    init?(sealedBytes: [UInt8]) {
        guard let root = try? JSONDocument(sealedBytes).root, let person = root.member("person")?.string,
            let plugin = root.member("plugin")?.string, let role = root.member("role")?.string,
            let isRemembered = root.member("remembered")?.bool,
            let counter = root.member("counter")?.string.flatMap({ Base64URL.decode($0) })
        else { return nil }
        self.init(
            person: PersonID(rawValue: person), plugin: plugin, role: role, isRemembered: isRemembered,
            passwordSetAt: root.member("passwordSetAt")?.integer.map { Instant(microseconds: $0) }, counter: counter,
            device: root.member("device")?.string.flatMap { Base64URL.decode($0) },
            method: root.member("method")?.string)
    }
}
