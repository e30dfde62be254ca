internal import PluginAPI

/// What journeys, personas and content add to the manifest.
extension MedicalOpinion {
    static let lifecycleRoutes: [Route<Self>] =
        journeyRoutes + timelineRoutes + personaRoutes + dashboardRoutes + contentRoutes + referralRoutes
    static let lifecyclePages: [PageRoute<Self>] = contentPages
    static let lifecycleEvents: [EventDeclaration] = [.event(EngagementScoreChanged.self)]
    static let lifecycleTopics: [Topic<Self>] = [
        Topic(
            "health_score", "Changes of the caller's engagement score.",
            [.event("health_score_update", Self.healthScoreUpdate)])
    ]
    static let lifecycleNotices: [NoticeType] = [.referral]
    static let lifecycleListeners: [Listener<Self>] = []
    static let lifecycleJobs: [Job<Self>] = [
        Job("refold-journeys", repeating: { _ in .every(seconds: 300) }, Self.refoldJourneys)
    ]

    /// The word for a customer's persona (seed 000 §8.3); nil while nothing is known of them.
    func persona(of person: PersonID, _ tx: borrowing ReadTransaction) throws -> String? {
        PersonaVerdict(try lifecycle.state(of: person, in: tx)).type?.rawValue
    }

    /// Folds journeys again that were folded under other rules; until then they are folded whenever they are asked for.
    func refoldJourneys(_ tx: borrowing Transaction, _ context: WorkContext) throws {
        let rules = settings.lifecycle.fingerprint
        let people: [PersonID] = try tx.values(
            "SELECT person_id FROM medicalopinion_journey WHERE rules <> \(rules) LIMIT 5")
        for person in people { try lifecycle.rebuild(person, in: tx) }
    }
}

extension PersonalData {
    static let lifecycle: [PersonalData] = [
        PersonalData(
            table: "medicalopinion_lifecycle_event", person: "person_id",
            exported: ["id", "kind", "at", "case_number", "details"], erasure: .delete),
        PersonalData(table: "medicalopinion_journey", person: "person_id", exported: ["state"], erasure: .delete),
        PersonalData(
            table: "medicalopinion_content_read", person: "person_id", exported: ["slug", "reads", "last_day"],
            erasure: .delete),
        // The addresses are other people's.
        PersonalData(
            table: "medicalopinion_referral", person: "person_id", exported: ["sent_at", "accepted_at"],
            erasure: .delete),
        // That others invited somebody is not that person's; their address in it is, and a trigger takes it.
        PersonalData(
            table: "medicalopinion_referral", person: "friend_id", exported: ["sent_at", "accepted_at"],
            erasure: .anonymise(columns: [])),
    ]
}
