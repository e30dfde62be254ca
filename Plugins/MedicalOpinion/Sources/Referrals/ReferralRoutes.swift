internal import PluginAPI

extension MedicalOpinion {
    static let referralRoutes: [Route<Self>] = [
        .get(
            "/v1/portal/referrals", .reading(Self.referrals), needs: .own(.readJourney),
            "Whom the caller has invited, the latest in front."),
        .post(
            "/v1/portal/referrals", .transactional(Self.refer), needs: .own(.writeJourney),
            refuses: [ReferralRefusal.self], "Invites a friend by mail, once."),
    ]

    /// Invitations that somebody may send in a day.
    private static let mostADay = 20
    /// For how long an address gets no second invitation, whoever asks for it.
    private static let rest = Duration.seconds(30 * 86_400)

    func referrals(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Referrals {
        Referrals(
            referrals: try tx.all(
                """
                SELECT id, email, sent_at, accepted_at FROM medicalopinion_referral WHERE person_id = \(call.caller.id)
                ORDER BY seq DESC LIMIT 200
                """))
    }

    func refer(_ new: NewReferral, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Referral {
        let id = call.caller.id
        guard let person = try tx.person(id) else { throw Problem.notFound }
        if person.email == new.email { throw ReferralRefusal.oneself }
        let known: Int? = try tx.value(
            "SELECT 1 FROM medicalopinion_referral WHERE person_id = \(id) AND email = \(new.email)")
        if known != nil { throw ReferralRefusal.alreadyInvited }
        let sent: Int =
            try tx.value(
                """
                SELECT count(*) FROM medicalopinion_referral
                WHERE person_id = \(id) AND sent_at > \((tx.now - .seconds(86_400)).microseconds)
                """) ?? 0
        if sent >= Self.mostADay { throw ReferralRefusal.tooMany }

        // Who has an account or was invited of late gets no mail; the answer is the same, so that nobody learns of it.
        let isResting: Int? = try tx.value(
            """
            SELECT 1 FROM medicalopinion_referral
            WHERE email = \(new.email) AND sent_at > \((tx.now - Self.rest).microseconds) LIMIT 1
            """)
        let account = try tx.person(withEmail: new.email)
        let referral = Referral(id: tx.newID("ref"), email: new.email, status: .invited, sentAt: tx.now, joinedAt: nil)
        try tx.run(
            """
            INSERT INTO medicalopinion_referral (id, person_id, email, sent_at, friend_id)
            VALUES (\(referral.id), \(id), \(new.email), \(tx.now.microseconds), \(account?.id))
            """)
        if isResting == nil, account == nil {
            try tx.mail(
                .referral, to: new.email, in: call.language,
                [
                    "friendName": person.givenName.isEmpty ? person.name : person.givenName,
                    "portalName": call.tenant.name, "portalLink": call.tenant.origin,
                ], until: tx.now + Self.rest)
        }
        try lifecycle.record(LifecycleEvent(.referralSent), of: id, at: tx.now, in: tx)
        return referral
    }

    /// Notes that somebody who was invited has become a customer; whoever invited them first is told so by their journey.
    func acceptReferral(of person: PersonID, _ tx: borrowing Transaction) throws {
        guard let email = try tx.person(person)?.email else { return }
        // Whose address it is, so that it goes with them.
        try tx.run(
            "UPDATE medicalopinion_referral SET friend_id = \(person) WHERE email = \(email) AND friend_id IS NULL")
        let referrer: PersonID? = try tx.value(
            """
            UPDATE medicalopinion_referral SET accepted_at = \(tx.now.microseconds) WHERE seq = (
                SELECT seq FROM medicalopinion_referral WHERE email = \(email) AND accepted_at IS NULL
                ORDER BY sent_at, seq LIMIT 1)
            RETURNING person_id
            """)
        guard let referrer, referrer != person else { return }
        try lifecycle.record(LifecycleEvent(.referralAccepted), of: referrer, at: tx.now, in: tx)
    }
}

extension NoticeType {
    static let referral = NoticeType(
        "referral", "Sent to somebody whom a customer invites.", category: .marketing, channels: [.email],
        placeholders: ["friendName", "portalName", "portalLink"],
        texts: [
            "en": Text(
                subject: "{friendName} invites you to {portalName}",
                body: """
                    {friendName} uses {portalName} for medical second opinions and thinks it may be of use to you:

                    {portalLink}

                    You get this once, because {friendName} gave us your address. We keep it for nothing else.
                    """),
            "de": Text(
                subject: "{friendName} lädt Sie zu {portalName} ein",
                body: """
                    {friendName} holt bei {portalName} ärztliche Zweitmeinungen ein und meint, das könnte auch Ihnen nützen:

                    {portalLink}

                    Sie bekommen dies einmal, weil {friendName} uns Ihre Adresse gab. Sonst verwenden wir sie für nichts.
                    """),
            "es": Text(
                subject: "{friendName} le invita a {portalName}",
                body: """
                    {friendName} pide segundas opiniones médicas en {portalName} y cree que también puede servirle a usted:

                    {portalLink}

                    Lo recibe una sola vez, porque {friendName} nos dio su dirección. No la usamos para nada más.
                    """),
        ])
}
