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
    let patientName: Named
    /// Whom the patient named as near to them: whom to call when something happens.
    let relatives: [Named]
    let treatingDoctors: [Named]
    /// Where the first opinion came from.
    let institutions: [Named]
    /// The company's day.
    let today: Day

    /// A name as it was written, made ready once for being compared with all experts'.
    struct Named: Sendable {
        let text: String
        let compared: ComparedName
        init(_ text: String) {
            self.text = text
            compared = ComparedName(text)
        }
    }

    init(
        specialty: String, language: String, jurisdiction: Jurisdiction?, isLicenceRequired: Bool, patient: PersonID,
        patientName: String, relatives: [String], treatingDoctors: [TreatingDoctor], today: Day
    ) {
        self.specialty = specialty
        self.language = language
        self.jurisdiction = jurisdiction
        self.isLicenceRequired = isLicenceRequired
        self.patient = patient
        self.patientName = Named(patientName)
        self.relatives = relatives.map { Named($0) }
        self.treatingDoctors = treatingDoctors.compactMap(\.name).map { Named($0) }
        institutions = treatingDoctors.compactMap(\.institution).map { Named($0) }
        self.today = today
    }
}
