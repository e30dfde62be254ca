internal import PluginAPI

/// What the clinic keeps of a customer beside the account.
struct CustomerRow: Record {
    let id: String
    let person: PersonID
    let status: CustomerStatus
    let preferredName: String?
    let pronouns: String?
    let dateOfBirth: Day?
    let gender: String?
    let secondaryPhone: Phone?
    let address: Address?
    let emergencyContact: EmergencyContact?
    let physician: Physician?
    let insurance: Insurance?
    let branch: String?
    let createdAt: Instant
    let updatedAt: Instant

    /// The columns that ``init(row:)`` reads, in its order.
    static let select: SQL = """
        SELECT id, person_id, status, preferred_name, pronouns, date_of_birth, gender, secondary_phone, line1, line2,
            city, region, postal_code, country, emergency_name, emergency_relationship, emergency_phone,
            physician_name, physician_phone, insurance_provider, insurance_number, branch_id, created_at, updated_at
        FROM appointments_customer
        """

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        person = try row.get(at: 1)
        status = try row.get(at: 2)
        preferredName = try row.get(at: 3)
        pronouns = try row.get(at: 4)
        let born: String? = try row.get(at: 5)
        dateOfBirth = born.flatMap { Day(iso8601: $0) }
        gender = try row.get(at: 6)
        secondaryPhone = try row.get(at: 7)
        address = try Self.address(row)
        let contact: String? = try row.get(at: 14)
        let relationship: String? = try row.get(at: 15)
        let contactPhone: Phone? = try row.get(at: 16)
        emergencyContact =
            if let contact, let contactPhone {
                EmergencyContact(name: contact, relationship: relationship, phone: contactPhone)
            } else { nil }
        let doctor: String? = try row.get(at: 17)
        let doctorPhone: Phone? = try row.get(at: 18)
        physician = doctor.map { Physician(name: $0, phone: doctorPhone) }
        let provider: String? = try row.get(at: 19)
        let number: String? = try row.get(at: 20)
        insurance = provider.map { Insurance(provider: $0, memberNumber: number) }
        branch = try row.get(at: 21)
        createdAt = Instant(microseconds: try row.get(at: 22))
        updatedAt = Instant(microseconds: try row.get(at: 23))
    }

    private static func address(_ row: borrowing Row) throws(StoreError) -> Address? {
        let line1: String? = try row.get(at: 8)
        let city: String? = try row.get(at: 10)
        let country: String? = try row.get(at: 13)
        guard let line1, let city, let country else { return nil }
        return Address(
            line1: line1, line2: try row.get(at: 9), city: city, region: try row.get(at: 11),
            postalCode: try row.get(at: 12), country: country)
    }
}

/// How the clinic regards a customer (seed 002 §1.3).
enum CustomerStatus: String, CaseIterable, Sendable, SQLConvertible {
    case active = "ACTIVE"
    case vip = "VIP"
    case inactive = "INACTIVE"
}
