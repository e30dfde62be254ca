public import PluginAPI

/// What a company decides about its second opinions.
public struct Settings: Described {
    /// What case numbers begin with.
    public var region: String
    /// The currency of customers who have said none.
    public var currency: String
    /// What cases may be about.
    public var specialties: [String]
    /// Within how many minutes of a sign-in an opinion can be signed.
    public var signingMinutes: Int
    /// Within how many days of its delivery an opinion can be asked about.
    public var followUpDays: Int
    /// Hours until a normal case that was sent should have an expert.
    public var triageHours: Int
    /// Hours until a normal case that has an expert should be answered.
    public var reviewHours: Int
    /// How journeys are read from what happened.
    public var lifecycle: LifecycleSettings
    /// Whether experts need a licence for where the patient lives.
    public var licenceRequired: Bool
    /// So many days ahead it is told that an expert's licence ends.
    public var licenceNoticeDays: Int
    /// Hours in which an invited expert should answer about a normal case.
    public var invitationHours: Int
    /// Hours after which the others hear of a late case, too, that its case manager heard of.
    public var escalationHours: Int
    /// For how many years a delivered opinion is kept of a customer who was erased.
    public var keepOpinionsYears: Int

    public static let schema = Schema<Settings>.object(
        Settings.init(
            region:currency:specialties:signingMinutes:followUpDays:triageHours:reviewHours:lifecycle:licenceRequired:
            licenceNoticeDays:invitationHours:escalationHours:keepOpinionsYears:),
        Field("region", \.region, .string(1...8), default: "EU", note: "What case numbers begin with."),
        Field("currency", \.currency, .string(3...3), default: "EUR", note: "Of customers who have said none."),
        Field(
            "specialties", \.specialties, .list(.string(1...60), 1...200), default: usual,
            note: "What cases may be about."),
        Field(
            "signingMinutes", \.signingMinutes, .int(1...1440), default: 15,
            note: "An opinion is signed within so many minutes of a sign-in."),
        Field(
            "followUpDays", \.followUpDays, .int(1...365), default: 14,
            note: "A delivered opinion can be asked about for so many days."),
        Field(
            "triageHours", \.triageHours, .int(1...1000), default: 24,
            note: "A normal case should have an expert after so many hours; half for high, a quarter for urgent."),
        Field(
            "reviewHours", \.reviewHours, .int(1...1000), default: 72,
            note:
                "An expert should have answered a normal case after so many hours; half for high, a quarter for urgent."
        ),
        Field(
            "lifecycle", \.lifecycle, LifecycleSettings.schema, default: LifecycleSettings(),
            note: "How journeys are read from what happened."),
        Field(
            "licenceRequired", \.licenceRequired, .bool, default: false,
            note: "Whether experts need a licence for where the patient lives."),
        Field(
            "licenceNoticeDays", \.licenceNoticeDays, .int(1...365), default: 60,
            note: "So many days ahead it is told that an expert's licence ends."),
        Field(
            "invitationHours", \.invitationHours, .int(1...336), default: 24,
            note:
                "An invited expert should answer about a normal case in so many hours; half for high, a quarter for urgent."
        ),
        Field(
            "escalationHours", \.escalationHours, .int(1...336), default: 4,
            note: "After so many hours all case managers hear of a late case that its own case manager heard of."),
        Field(
            "keepOpinionsYears", \.keepOpinionsYears, .int(0...100), default: 10,
            note:
                "An erased customer's delivered opinion is kept, hidden, for so many years; 0 deletes it with the customer."
        ))

    private static let usual = [
        "Allergology", "Anaesthesiology", "Cardiology", "Dentistry", "Dermatology", "Endocrinology",
        "Gastroenterology", "General Surgery", "Genetics", "Geriatrics", "Gynecology", "Hematology", "Hepatology",
        "Immunology", "Infectious Diseases", "Internal Medicine", "Nephrology", "Neurology", "Neurosurgery",
        "Oncology", "Ophthalmology", "Orthopedics", "Otolaryngology", "Pain Medicine", "Pathology", "Pediatrics",
        "Psychiatry", "Pulmonology", "Radiology", "Rehabilitation", "Rheumatology", "Urology", "Vascular Surgery",
    ]

    /// A specialty as the company writes it, whatever its letters' case.
    func specialty(_ text: String) -> String? {
        let wanted = text.lowercased()
        return specialties.first { $0.lowercased() == wanted }
    }

    /// Until when a case should have an expert, or an answer.
    func due(_ state: CaseState, _ urgency: Urgency, from now: Instant) -> Instant? {
        let hours: Int
        switch state {
        case .submitted, .inTriage, .awaitingExpert: hours = triageHours
        case .assigned, .inReview, .secondRead: hours = reviewHours
        default: return nil
        }
        return now + .seconds(hours * 3600 / urgency.divisor)
    }
}
