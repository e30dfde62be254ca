internal import PluginAPI

/// What journeys, personas and content add to the manifest.
extension MedicalOpinion {
    static let lifecycleRoutes: [Route<Self>] = []
    static let lifecyclePages: [PageRoute<Self>] = []
    static let lifecycleEvents: [EventDeclaration] = []
    static let lifecycleTopics: [Topic<Self>] = []
    static let lifecycleNotices: [NoticeType] = []
    static let lifecycleListeners: [Listener<Self>] = []
    static let lifecycleJobs: [Job<Self>] = []

    /// The word for a customer's persona (seed 000 §8.3); nil while nothing is known of them.
    func persona(of person: PersonID, _ tx: borrowing ReadTransaction) throws -> String? { nil }
}

extension PersonalData {
    static let lifecycle: [PersonalData] = [
        PersonalData(
            table: "medicalopinion_lifecycle_event", person: "person_id",
            exported: ["id", "kind", "at", "case_number", "details"], erasure: .delete)
    ]
}
