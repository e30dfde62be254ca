internal import PluginAPI

extension MedicalOpinion {
    static let consentRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/consents", .reading(Self.ownConsents), needs: .own(.readProfile),
            "What the caller is asked to consent to, and what they said."),
        .put(
            "/v1/portal/consents/{kind}", .transactional(Self.giveConsent), needs: .member,
            refuses: [ConsentRefusal.self], "Consents, to the text that was shown, or does so no more."),
        .get(
            "/v1/staff/consents", .reading(Self.consentVersions), needs: .permission(.writeConsents),
            "The texts that customers consent to, with those before them."),
        .post(
            "/v1/staff/consents", .transactional(Self.publishConsent), needs: .permission(.writeConsents),
            "Publishes a new version of a kind's text; nothing is ever changed."),
        .get(
            "/v1/staff/customers/{id}/consents", .reading(Self.customerConsents), needs: .permission(.readCustomers),
            "What a customer consented to, and when, by which text."),
    ]

    func ownConsents(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ConsentList {
        ConsentList(consents: try consentsShown(of: call.caller.id, call.language, tx))
    }

    func customerConsents(_ named: CustomerNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> CustomerConsents
    {
        guard try tx.person(named.id) != nil else { throw Problem.notFound }
        let said: [ConsentSaidRow] = try tx.all(
            ConsentSaidRow.select + "WHERE person_id = \(named.id) ORDER BY seq DESC LIMIT 1000")
        return CustomerConsents(
            consents: try consentsShown(of: named.id, call.language, tx),
            history: said.map {
                ConsentSaid(
                    kind: $0.kind, granted: $0.isGranted, version: $0.version, language: $0.language,
                    textSha256: $0.digest, givenBy: $0.givenBy, at: $0.at)
            })
    }

    func giveConsent(_ given: ConsentGiven, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> ConsentList {
        guard call.caller.principal.reach(of: .writeProfile) != nil else { throw Problem.forbidden }
        let (person, giver) = (call.caller.id, call.caller.principal.person)
        let newest = try tx.newestConsent(given.kind)
        if let newest, let version = given.version, version != newest.version {
            guard version < newest.version else {
                throw Problem.invalid("version", .notAllowed, "must be a version that was published")
            }
            // Taking a consent back is always possible, whichever text is on the screen.
            if given.granted { throw ConsentRefusal.outdated }
        }
        var text: (version: Int, row: ConsentTextRow)?
        if given.granted {
            guard let newest else { throw ConsentRefusal.notPublished }
            guard given.version != nil else {
                throw Problem.invalid("version", .missing, "is required: the version that was shown")
            }
            let texts = try tx.consentTexts(given.kind, newest.version)
            guard let row = texts.text(in: call.language, or: services.tenant.language) else {
                throw ConsentRefusal.notPublished
            }
            text = (newest.version, row)
        }
        try enrolCustomer(person, tx)
        var was: Bool?
        if given.kind == .marketing {
            let wishes = try tx.preferences(of: person) ?? Preferences()
            was = MarketingEmails.areAllowed(by: wishes)
            let wanted = MarketingEmails.apply(given.granted, to: wishes)
            if wanted != wishes { try tx.set(preferences: wanted, of: person) }
        }
        try consent(given.kind, given.granted, was: was, text, of: person, by: giver, tx)
        return try tx.reading { ConsentList(consents: try consentsShown(of: person, call.language, $0)) }
    }

    func consentVersions(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> ConsentVersionList {
        let rows: [ConsentVersionRow] = try tx.all(
            ConsentVersionRow.select + "ORDER BY kind, version DESC LIMIT 1000")
        return ConsentVersionList(versions: try rows.map { try shown($0, tx.consentTexts($0.kind, $0.version)) })
    }

    func publishConsent(_ new: NewConsentVersion, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> ConsentVersionShown
    {
        let tags = new.texts.map(\.language.tag)
        if let (place, _) = tags.enumerated().first(where: { tags.prefix($0.offset).contains($0.element) }) {
            throw Problem.invalid([
                Mistake(
                    [.name("texts"), .index(place), .name("language")], .notAllowed, "must be in no other text")
            ])
        }
        let version = (try tx.newestConsent(new.kind)?.version ?? 0) + 1
        let publisher = call.caller.principal.person
        try tx.run(
            """
            INSERT INTO medicalopinion_consent_version (kind, version, is_required, published_by, published_at)
            VALUES (\(new.kind), \(version), \(new.required), \(publisher), \(tx.now.microseconds))
            """)
        for text in new.texts {
            let digest = Hexadecimal.text(services.sha256(Array(text.text.utf8)))
            try tx.run(
                """
                INSERT INTO medicalopinion_consent_text (kind, version, language, title, text, sha256)
                VALUES (\(new.kind), \(version), \(text.language.tag), \(text.title), \(text.text), \(digest))
                """)
        }
        try tx.audit(
            AuditEntry(
                "consent.published", on: Subject("consent", id: new.kind.rawValue),
                details: ["version": .integer(Int64(version)), "required": .bool(new.required)]))
        guard let row = try tx.newestConsent(new.kind) else { throw Problem.notFound }
        return shown(row, try tx.consentTexts(new.kind, version))
    }

    private func consentsShown(of person: PersonID, _ language: Language, _ tx: borrowing ReadTransaction) throws
        -> [ConsentShown]
    {
        var shown: [ConsentShown] = []
        for kind in ConsentKind.allCases {
            let newest = try tx.newestConsent(kind)
            let texts = try newest.map { try tx.consentTexts(kind, $0.version) } ?? []
            let text = texts.text(in: language, or: services.tenant.language)
            let said = try tx.lastConsent(kind, of: person)
            let isGranted = try consents(kind, person, said, tx)
            // Preferences changed since: when, and by which text, is not known.
            let known = said?.isGranted == isGranted ? said : nil
            shown.append(
                ConsentShown(
                    kind: kind, required: newest?.isRequired ?? false, version: newest?.version,
                    language: text?.language, title: text?.title, text: text?.text, publishedAt: newest?.publishedAt,
                    granted: isGranted, grantedVersion: isGranted ? known?.version : nil, decidedAt: known?.at,
                    isNewest: isGranted && newest != nil && known?.version == newest?.version))
        }
        return shown
    }

    private func shown(_ row: ConsentVersionRow, _ texts: [ConsentTextRow]) -> ConsentVersionShown {
        ConsentVersionShown(
            kind: row.kind, version: row.version, required: row.isRequired, publishedBy: row.publishedBy,
            publishedAt: row.publishedAt,
            texts: texts.map {
                ConsentVersionShown.Text(language: $0.language, title: $0.title, text: $0.text, sha256: $0.digest)
            })
    }
}
