internal import PluginAPI

/// Whom to call when something happens.
struct EmergencyContact: Described, Equatable {
    let name: String
    let relationship: String?
    let phone: Phone

    static let schema = Schema<EmergencyContact>.object(
        EmergencyContact.init(name:relationship:phone:), Field("name", \.name, .string(1...200)),
        Field("relationship", \.relationship, .optional(.string(0...100))), Field("phone", \.phone, Phone.schema))
}

/// The doctor who knows the customer otherwise.
struct Physician: Described, Equatable {
    let name: String
    let phone: Phone?

    static let schema = Schema<Physician>.object(
        Physician.init(name:phone:), Field("name", \.name, .string(1...200)),
        Field("phone", \.phone, .optional(Phone.schema)))
}

/// Who pays.
struct Insurance: Described, Equatable {
    let provider: String
    let memberNumber: String?

    static let schema = Schema<Insurance>.object(
        Insurance.init(provider:memberNumber:), Field("provider", \.provider, .string(1...200)),
        Field("memberNumber", \.memberNumber, .optional(.string(0...100))))
}
