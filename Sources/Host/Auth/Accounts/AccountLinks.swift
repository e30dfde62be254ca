import PluginAPI

/// Links that were mailed: at most one lives for each purpose and address, and each is good once.
///
/// For addresses nobody has a row is made too: what is done for them, and stored, is the same.
enum AccountLinks {
    /// Asking again within this time changes nothing and sends nothing.
    static let cooldown = Duration.seconds(60)

    /// A link that is about to be mailed.
    struct New: Sendable {
        let purpose: LinkPurpose
        let token: LinkToken
        /// The keyed hash of the address it is asked for.
        let subject: [UInt8]
        /// Whose account it is about; nil when there is none yet, or none at all.
        var person: PersonID?
        var content = LinkContent()
    }

    /// Makes a link the address's live one, unless it got one just now.
    ///
    /// - Returns: whether it is to be mailed.
    static func start(_ link: New, now: Instant, _ host: HostWriter) throws(StoreError) -> Bool {
        let last = try host.value(
            """
            SELECT created_at FROM portico_link WHERE purpose = \(link.purpose.rawValue) AND subject = \(link.subject)
            """, as: Int64.self)
        if let last, now - Instant(microseconds: last) < cooldown { return false }
        try host.run(
            """
            DELETE FROM portico_link WHERE purpose = \(link.purpose.rawValue) AND subject = \(link.subject)
            """)
        try host.run(
            """
            INSERT INTO portico_link (hash, purpose, subject, person_id, content, created_at, expires_at)
            VALUES (\(link.token.hash), \(link.purpose.rawValue), \(link.subject), \(link.person),
                \(Sealed(link.content)), \(now.microseconds), \((now + link.purpose.lifetime).microseconds))
            """)
        return true
    }

    /// A link that is still good.
    static func find(
        _ token: LinkToken, _ purpose: LinkPurpose, now: Instant, _ tables: some Queries
    ) throws(StoreError) -> Link? {
        try tables.first(
            """
            SELECT person_id, content FROM portico_link
            WHERE hash = \(token.hash) AND purpose = \(purpose.rawValue) AND expires_at > \(now.microseconds)
            """, as: Link.self)
    }

    /// Takes a link out of use and gives it; nil when it is not good any more.
    static func take(
        _ token: LinkToken, _ purpose: LinkPurpose, now: Instant, _ host: HostWriter
    ) throws(StoreError) -> Link? {
        let link = try find(token, purpose, now: now, host)
        try host.run("DELETE FROM portico_link WHERE hash = \(token.hash)")
        return link
    }

    /// Takes a person's links of a purpose out of use.
    static func withdraw(_ purpose: LinkPurpose, of person: PersonID, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_link WHERE person_id = \(person) AND purpose = \(purpose.rawValue)")
    }

    /// Takes every link out of use with which a person's password could be set.
    static func withdrawPasswordLinks(of person: PersonID, _ host: HostWriter) throws(StoreError) {
        try withdraw(.reset, of: person, host)
        try withdraw(.invite, of: person, host)
    }

    /// Takes all of a person's links out of use: they were mailed to an address that is not theirs any more.
    static func withdrawAll(of person: PersonID, _ host: HostWriter) throws(StoreError) {
        try host.run("DELETE FROM portico_link WHERE person_id = \(person)")
    }

    /// Forgets links that are good no more, so many at a time.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) {
        try host.run(
            """
            DELETE FROM portico_link WHERE hash IN (
                SELECT hash FROM portico_link WHERE expires_at < \(now.microseconds) LIMIT 4000)
            """)
    }

    /// What is known of a link.
    struct Link: Record, Sendable {
        let person: PersonID?
        let content: LinkContent

        init(row: borrowing Row) throws(StoreError) {
            person = try row.get("person_id")
            content = try row.get("content", as: Sealed<LinkContent>.self).value
        }
    }
}

/// What a link carries: the address it proves, and for a registration whose account it makes. No password is taken before
/// the link is followed: it would be that of whoever asked, who need not be who reads the mail.
struct LinkContent: Sealable, Described, Equatable {
    var email: Email?
    var givenName = ""
    var familyName = ""
    var language: Language?
    /// Where a registration was asked for; nil for everything else.
    var plugin: String?

    static let schema = Schema.object(
        Self.init(email:givenName:familyName:language:plugin:),
        Field("email", \.email, .optional(Email.schema)), Field("givenName", \.givenName, .string(0...100)),
        Field("familyName", \.familyName, .string(0...100)),
        Field("language", \.language, .optional(Language.schema)),
        Field("plugin", \.plugin, .optional(.string(1...40)), default: nil))

    init(
        email: Email? = nil, givenName: String = "", familyName: String = "", language: Language? = nil,
        plugin: String? = nil
    ) {
        self.email = email
        self.givenName = givenName
        self.familyName = familyName
        self.language = language
        self.plugin = plugin
    }

    static let sealTag = "link.content"
    var sealedBytes: [UInt8] { Self.schema.encode(self) }

    init?(sealedBytes: [UInt8]) {
        guard let document = try? JSONDocument(sealedBytes),
            let content = try? Self.schema.decode(.json(document.root))
        else { return nil }
        self = content
    }
}
