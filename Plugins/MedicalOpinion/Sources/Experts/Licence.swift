internal import PluginAPI

/// A licence as it is kept.
struct LicenceRow: Record {
    let id: String
    let expert: PersonID
    let jurisdiction: Jurisdiction
    let number: String
    let validUntil: Day

    static let select: SQL =
        "SELECT id, expert_id, country, region, number, valid_until FROM medicalopinion_licence"

    var held: HeldLicence { HeldLicence(jurisdiction: jurisdiction, validUntil: validUntil) }

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        expert = try row.get(at: 1)
        let region: String = try row.get(at: 3)
        jurisdiction = Jurisdiction(country: try row.get(at: 2), region: region.isEmpty ? nil : region)
        number = try row.get(at: 4)
        guard let day = Day(iso8601: try row.get(at: 5, as: String.self)) else {
            throw StoreError(.mismatch, "the end of a licence is no day")
        }
        validUntil = day
    }
}

/// A licence as the staff and its expert see it.
struct LicenceShown: Described {
    let id: String
    let country: String
    let region: String?
    let number: String
    let validUntil: Day
    let valid: Bool

    static let schema = Schema<LicenceShown>.object(
        LicenceShown.init(id:country:region:number:validUntil:valid:), Field("id", \.id, .string(1...64)),
        Field("country", \.country, CountryCode.schema), Field("region", \.region, .optional(CountryCode.region)),
        Field("number", \.number, .string(1...100)), Field("validUntil", \.validUntil, Day.schema),
        Field("valid", \.valid, .bool, note: "An expired one counts as none"))
}

extension LicenceShown {
    init(_ row: LicenceRow, today: Day) {
        self.init(
            id: row.id, country: row.jurisdiction.country, region: row.jurisdiction.region, number: row.number,
            validUntil: row.validUntil, valid: row.held.isValid(on: today))
    }
}

struct LicenceList: Described {
    let licences: [LicenceShown]
    static let schema = Schema<LicenceList>.object(
        LicenceList.init(licences:), Field("licences", \.licences, .list(LicenceShown.schema)))
}

/// A licence that is recorded; once more with another end, it is renewed.
struct NewLicence: Described {
    let id: PersonID
    let country: String
    let region: String?
    let number: String
    let validUntil: Day

    static let schema = Schema<NewLicence>.object(
        NewLicence.init(id:country:region:number:validUntil:), Field("id", \.id, PersonID.schema, in: .path),
        Field("country", \.country, CountryCode.schema),
        Field(
            "region", \.region, .optional(CountryCode.region),
            note: "Where a country's law differs by region: US-MA. Left out, it holds in all of the country"),
        Field("number", \.number, .string(1...100)),
        Field("validUntil", \.validUntil, Day.schema, note: "The last day on which it holds"))
}

/// One licence in a path.
struct LicenceNamed: Described {
    let id: PersonID
    let licenceId: String
    static let schema = Schema<LicenceNamed>.object(
        LicenceNamed.init(id:licenceId:), Field("id", \.id, PersonID.schema, in: .path),
        Field("licenceId", \.licenceId, .string(1...64), in: .path))
}
