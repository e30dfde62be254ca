import PluginAPI
import Synchronization

/// Who is calling, as the live account says: made when the session or the API key is read, and shared by its requests
/// until something changes.
final class SessionFacts: Sendable {
    /// Names this state of the session or key; no other of the process had or has it.
    let serial = Serial.next()
    let person: PersonID
    /// Nil for an API key.
    let session: String?
    /// How the session was made (RFC 8176); for an API key, the one that made the key.
    let methods: Set<String>
    let credential: Credential
    /// Until when the credential is good at most: the token's end, the session's, the key's.
    let expiresAt: Instant
    /// After how many seconds without use the session ends; nil for one that no page uses.
    let idle: Int?
    /// The key that signed the access token; nil for other credentials.
    let kid: String?
    /// When the session began; nil for an API key.
    let signedInAt: Instant?
    private let principals: [(plugin: String, principal: Principal, own: [Permission])]
    /// By plugin, where the person is in a tier of it.
    private let plans: [(plugin: String, plan: Plan)]
    private let stranger: Principal
    /// When the last use was noted, in seconds since 1970.
    private let noted: Atomic<Int64>
    /// After how many seconds the next one is.
    private let noting: Int

    /// - Parameters:
    ///   - plan: the person's.
    ///   - lastUsedAt: as it is stored.
    ///   - noting: how many seconds lie between two notes of a use.
    ///   - expiresAt: until when the credential is good at most.
    ///   - idle: after how many seconds without use the session ends.
    ///   - kid: the key that signed the access token.
    ///   - demand: for which roles the tenant wants a second factor.
    ///   - signedInAt: when the session began.
    init(
        person: PersonID, session: String?, methods: Set<String>, held: [HeldRole], plan: Plan,
        definitions: [PluginDefinition], credential: Credential = .accessToken, lastUsedAt: Instant? = nil,
        noting: Int = LastUses.every, demand: SecondFactorDemand = .nobody, expiresAt: Instant = .maximum,
        idle: Int? = nil, kid: String? = nil, signedInAt: Instant? = nil
    ) {
        self.expiresAt = expiresAt
        self.idle = idle
        self.kid = kid
        self.signedInAt = signedInAt
        self.person = person
        self.session = session
        self.methods = methods
        self.credential = credential
        self.noting = noting
        noted = Atomic(lastUsedAt?.seconds ?? 0)
        principals = definitions.compactMap { plugin in
            var grants = Roles.grants(
                held, of: person, in: plugin, among: definitions, methods: methods, demand: demand)
            if case .apiKey(let key) = credential { grants = grants.flatMap { $0.limited(to: key.scopes) } }
            guard !grants.isEmpty else { return nil }
            return (
                plugin.id,
                Principal(
                    person: person, grants: grants, methods: methods, session: session, signedInAt: signedInAt),
                Roles.own(held, in: plugin, methods: methods, demand: demand)
            )
        }
        plans = definitions.compactMap { plugin in
            guard !plugin.tiered.isEmpty else { return nil }
            return Roles.areTiered(held, in: plugin, methods: methods, demand: demand) ? (plugin.id, plan) : nil
        }
        stranger = Principal(
            person: person, grants: [], methods: methods, session: session, signedInAt: signedInAt)
    }

    /// The person as one plugin sees them; without grants where they have no role.
    func principal(for plugin: String) -> Principal {
        for each in principals where each.plugin == plugin { return each.principal }
        return stranger
    }

    /// The person as one plugin sees them while they act for another account: what they may do of their own, there
    /// instead of at home. What a role lets them do to others has no place in it.
    func principal(for plugin: String, actingFor other: PersonID) -> Principal {
        let own = principals.first { $0.plugin == plugin }?.own ?? []
        return Principal(
            person: person, grants: own.map { Grant($0, .own(other)) }, methods: methods, session: session,
            signedInAt: signedInAt)
    }

    /// By which plan the person is limited in one plugin; nil for who is in no tier there: staff, and whoever has no role.
    func plan(in plugin: String) -> Plan? {
        for each in plans where each.plugin == plugin { return each.plan }
        return nil
    }

    /// Whether the caller holds a permission in some plugin, at whatever reach.
    func holds(_ permission: Permission) -> Bool {
        principals.contains { $0.principal.reach(of: permission) != nil }
    }

    /// The API key that was used, if one was.
    var apiKey: UsedAPIKey? {
        if case .apiKey(let key) = credential { key } else { nil }
    }

    /// What is to be noted about a use now; nil when one was noted not long ago.
    func due(at now: Instant) -> (use: LastUses.Use, every: Int)? {
        let last = noted.load(ordering: .relaxed)
        guard now.seconds - last >= noting,
            noted.compareExchange(expected: last, desired: now.seconds, ordering: .relaxed).exchanged
        else { return nil }
        if let session { return (.session(session), noting) }
        return apiKey.map { (.apiKey($0.id), noting) }
    }
}
