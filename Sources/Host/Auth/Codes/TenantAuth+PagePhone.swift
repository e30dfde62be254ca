import Crypto
import Database
import PluginAPI

extension TenantAuth {
    /// Whose phone a code proves, for a session of pages; the code is spent by it. Nobody's account is made here.
    ///
    /// - Returns: nil whatever is wrong: the code, the account, or that a texted code is enough for none of its roles.
    /// - Throws: ``StoreError``.
    func prove(phone: Phone, code: String, isRemembered: Bool, origin: Origin) async throws -> ProvenPhone? {
        let tag = PhoneCodes.tag(code, PhoneCodes.signIn, phone, tenantKeys)
        let (definitions, keys, secondFactor) = (definitions, tenantKeys, secondFactor)
        return try await database.write(as: .host) { session -> ProvenPhone? in
            let host = HostWriter(session)
            switch try PhoneCodes.attempt(PhoneCodes.signIn, phone, tag: tag, now: origin.now, host) {
            case .none: return nil
            case .wrong: break
            case .right:
                if let person = try People.person(withPhone: phone, host)?.id,
                    try People.state(of: person, host) == .active,
                    try Self.hasRole(person, for: CodeProof.methods, definitions, host),
                    try PhoneCodes.consume(PhoneCodes.signIn, phone, tag: tag, host)
                {
                    try People.markVerified(.phone, of: person, now: origin.now, host)
                    let login = CodeProof.login(
                        person, at: Owner.host.id, as: "", isRemembered: isRemembered, keys)
                    if case .due(let challenge)? = try secondFactor?.verdict(on: login, code: nil, origin, host) {
                        return .secondFactorDue(challenge)
                    }
                    return .person(person)
                }
            }
            // A result and no error, because an error would undo the counting of the try.
            let entry = AuditEntry(
                "sign-in.refused", on: Subject("phone", id: "…" + phone.text.suffix(4)), outcome: .refused)
            try AuditTable.append(entry, origin, host)
            return nil
        }
    }

    /// What a code proves.
    enum ProvenPhone: Sendable {
        case person(PersonID)
        /// The account's second factor must be shown.
        case secondFactorDue(SecondFactorChallenge)
    }

    /// Whether these methods are enough for one of a person's roles.
    static func hasRole(
        _ person: PersonID, for methods: Set<String>, _ definitions: [PluginDefinition], _ host: HostWriter
    ) throws(StoreError) -> Bool {
        hasRole(try Roles.held(by: person, host), for: methods, definitions)
    }

    /// Whether these methods are enough for one of these roles.
    static func hasRole(_ held: [HeldRole], for methods: Set<String>, _ definitions: [PluginDefinition]) -> Bool {
        definitions.contains { Roles.role("", held, in: $0, methods: methods) != nil }
    }
}
