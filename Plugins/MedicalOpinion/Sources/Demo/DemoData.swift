internal import PluginAPI

/// What a demo shows: experts, plans, who acts for whom, and what happened before. Who has no account in the tenant is left out.
struct DemoData: Described {
    let experts: [DemoExpert]
    let customers: [DemoCustomer]
    let histories: [DemoHistory]

    static let schema = Schema<DemoData>.object(
        DemoData.init(experts:customers:histories:), Field("experts", \.experts, .list(DemoExpert.schema), default: []),
        Field("customers", \.customers, .list(DemoCustomer.schema), default: []),
        Field("histories", \.histories, .list(DemoHistory.schema), default: []))
}

/// The account with an e-mail address, as an expert.
struct DemoExpert: Described {
    let email: Email
    let title: String
    let specialties: [String]
    let languages: [Language]
    let licences: [DemoLicence]
    static let schema = Schema<DemoExpert>.object(
        DemoExpert.init(email:title:specialties:languages:licences:), Field("email", \.email, Email.schema),
        Field("title", \.title, .string(1...200)), Field("specialties", \.specialties, .list(.string(1...60), 1...50)),
        Field("languages", \.languages, .list(Language.schema, 1...50)),
        Field("licences", \.licences, .list(DemoLicence.schema, 0...50), default: []))
}

/// A licence of a demo's expert.
struct DemoLicence: Described {
    let country: String
    let region: String?
    let number: String
    let validUntil: Day
    static let schema = Schema<DemoLicence>.object(
        DemoLicence.init(country:region:number:validUntil:), Field("country", \.country, CountryCode.schema),
        Field("region", \.region, .optional(CountryCode.region)), Field("number", \.number, .string(1...100)),
        Field("validUntil", \.validUntil, Day.schema))
}

/// A customer with their plan and the accounts of their family.
struct DemoCustomer: Described {
    let email: Email
    let plan: Plan
    let family: [Email]
    static let schema = Schema<DemoCustomer>.object(
        DemoCustomer.init(email:plan:family:), Field("email", \.email, Email.schema),
        Field("plan", \.plan, Plan.schema, default: .free),
        Field("family", \.family, .list(Email.schema, 0...50), default: []))
}
