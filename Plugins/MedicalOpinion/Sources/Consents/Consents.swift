internal import PluginAPI

extension MedicalOpinion {
    /// Whether somebody consents now, by the newest that they said: of marketing, by their preferences, which other routes
    /// change too.
    func consents(_ kind: ConsentKind, _ person: PersonID, _ said: ConsentSaidRow?, _ tx: borrowing ReadTransaction)
        throws -> Bool
    {
        guard kind == .marketing else { return said?.isGranted ?? false }
        return MarketingEmails.areAllowed(by: try tx.preferences(of: person) ?? Preferences())
    }

    /// Keeps what somebody says of a kind; what they said before stays. Saying the same again is nothing new.
    ///
    /// - Parameters:
    ///   - was: whether they consented until now, where that is not what they said last.
    ///   - text: what they were shown; nil where that is not known.
    func consent(
        _ kind: ConsentKind, _ isGranted: Bool, was: Bool? = nil, _ text: (version: Int, row: ConsentTextRow)? = nil,
        of person: PersonID,
        by giver: PersonID, _ tx: borrowing Transaction
    ) throws {
        let last = try tx.lastConsent(kind, of: person)
        if let last, last.isGranted == isGranted, was ?? last.isGranted == isGranted,
            text == nil || last.version == text?.version
        {
            return
        }
        try tx.run(
            """
            INSERT INTO medicalopinion_consent (person_id, kind, is_granted, given_by, at, version, language,
                text_sha256)
            VALUES (\(person), \(kind), \(isGranted), \(giver), \(tx.now.microseconds), \(text?.version),
                \(text?.row.language), \(text?.row.digest))
            """)
        try tx.audit(
            AuditEntry(
                isGranted ? "consent.given" : "consent.withdrawn",
                on: Subject("consent", id: kind.rawValue, owner: person),
                details: ["version": text.map { .integer(Int64($0.version)) } ?? .null]))
        try lifecycle.record(
            LifecycleEvent(.consentChanged, ["kind": .string(kind.rawValue), "granted": .bool(isGranted)]),
            of: person, at: tx.now, in: tx)
    }

    /// Refuses a case whose customer has not consented to what the company requires, in its newest version.
    ///
    /// - Throws: ``Problem`` 409 that names the kinds.
    func requireConsents(of person: PersonID, _ tx: borrowing Transaction) throws {
        var missing: [ConsentKind] = []
        for kind in ConsentKind.allCases {
            guard let newest = try tx.newestConsent(kind), newest.isRequired else { continue }
            let said = try tx.lastConsent(kind, of: person)
            if said?.version != newest.version || said?.isGranted != true { missing.append(kind) }
        }
        guard missing.isEmpty else { throw ConsentRefusal.missing(missing) }
    }
}
