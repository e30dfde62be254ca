internal import PluginAPI

/// What the service keeps of a customer beside the account; all of it is empty for whoever has said nothing yet.
struct CustomerRow: Record {
    let middleName: String?
    let dateOfBirth: Day?
    let address: PostalAddress?
    let currency: String?
    let emergencyContact: EmergencyContact?
    let createdAt: Instant
    let updatedAt: Instant

    static let select: SQL = """
        SELECT middle_name, date_of_birth, street, city, state, zip_code, country, currency, emergency_name,
            emergency_relationship, emergency_phone, created_at, updated_at FROM medicalopinion_customer
        """

    init(row: borrowing Row) throws(StoreError) {
        middleName = try row.get(at: 0)
        let born: String? = try row.get(at: 1)
        dateOfBirth = born.flatMap { Day(iso8601: $0) }
        let street: String? = try row.get(at: 2)
        address =
            if let street {
                PostalAddress(
                    street: street, city: try row.get(at: 3), state: try row.get(at: 4), zipCode: try row.get(at: 5),
                    country: try row.get(at: 6))
            } else { nil }
        currency = try row.get(at: 7)
        let name: String? = try row.get(at: 8)
        let phone: Phone? = try row.get(at: 10)
        emergencyContact =
            if let name, let phone {
                EmergencyContact(name: name, relationship: try row.get(at: 9), phone: phone)
            } else { nil }
        createdAt = Instant(microseconds: try row.get(at: 11))
        updatedAt = Instant(microseconds: try row.get(at: 12))
    }
}

/// Where a customer lives (seed 000 §8.1).
struct PostalAddress: Described, Equatable {
    let street: String
    let city: String
    let state: String
    let zipCode: String
    let country: String

    static let schema = Schema<PostalAddress>.object(
        PostalAddress.init(street:city:state:zipCode:country:), Field("street", \.street, .string(1...200)),
        Field("city", \.city, .string(1...100)), Field("state", \.state, .string(0...100), default: ""),
        Field("zipCode", \.zipCode, .string(0...20), default: ""), Field("country", \.country, .string(2...2)))
}

/// Whom to call when something happens.
struct EmergencyContact: Described, Equatable {
    let name: String
    let relationship: String
    let phone: Phone

    static let schema = Schema<EmergencyContact>.object(
        EmergencyContact.init(name:relationship:phone:), Field("name", \.name, .string(1...200)),
        Field("relationship", \.relationship, .string(0...100), default: ""), Field("phone", \.phone, Phone.schema))
}
