internal import PluginAPI

/// What of a case decides who can answer it.
struct CaseToMatch: Sendable {
    let specialty: String
    /// BCP 47.
    let language: String
    /// Where the patient lives; nil where that is not known.
    let jurisdiction: Jurisdiction?
    /// Whether the company asks for a licence for it.
    let isLicenceRequired: Bool
    let patient: PersonID
    let patientName: String
    /// Whom the patient named as near to them: whom to call when something happens.
    let relatives: [String]
    let treatingDoctors: [TreatingDoctor]
    /// The company's day.
    let today: Day
}
