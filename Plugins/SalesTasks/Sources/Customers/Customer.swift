internal import PluginAPI

/// Somebody who is called.
struct Customer: Described, Equatable {
    let customerId: String
    let name: String
    let phone: Phone
    let email: Email?
    let description: String?
    let timeZones: [String]
    let doNotCall: Bool
    let metadata: JSON
    let lastContactAt: Instant?
    let createdAt: Instant

    static let schema = Schema<Customer>.object(
        Customer.init(
            customerId:name:phone:email:description:timeZones:doNotCall:metadata:lastContactAt:createdAt:),
        Field("customerId", \.customerId, .id), Field("name", \.name, .string(1...200)),
        Field("phone", \.phone, Phone.schema), Field("email", \.email, .optional(Email.schema)),
        Field("description", \.description, .optional(.string(0...2000))),
        Field("timeZones", \.timeZones, .list(.string(1...60)), note: "Where the customer may be"),
        Field("doNotCall", \.doNotCall, .bool),
        Field("metadata", \.metadata, .openObject, note: "Further columns of the import"),
        Field("lastContactAt", \.lastContactAt, .optional(Instant.schema)),
        Field("createdAt", \.createdAt, Instant.schema))
}

/// A customer as the table holds it.
struct CustomerRow: Record {
    let seq: Int
    let customer: Customer

    /// The columns that ``init(row:)`` reads, with `FROM`.
    static let select: SQL = """
        SELECT c.*, EXISTS (SELECT 1 FROM salestasks_dnc d WHERE d.phone = c.phone) AS do_not_call
        FROM salestasks_customer c
        """

    init(row: borrowing Row) throws(StoreError) {
        seq = try row.get("seq")
        let place: String = try row.get("place")
        customer = Customer(
            customerId: try row.get("id"), name: try row.get("name"), phone: try row.get("phone"),
            email: try row.get("email"), description: try row.get("description"),
            timeZones: place.split(separator: ",").map(String.init), doNotCall: try row.get("do_not_call"),
            metadata: TextList.tree(try row.get("metadata")) ?? [:],
            lastContactAt: (try row.get("last_contact_at") as Int64?).instant,
            createdAt: Instant(microseconds: try row.get("created_at")))
    }
}

extension Reading where Self: ~Copyable {
    /// A customer by id.
    borrowing func customer(_ id: String) throws(StoreError) -> CustomerRow? {
        try first(CustomerRow.select + "WHERE c.id = \(id)")
    }

    /// Whether a number must not be called.
    borrowing func isDoNotCall(_ phone: Phone) throws(StoreError) -> Bool {
        try value("SELECT 1 FROM salestasks_dnc WHERE phone = \(phone)", as: Int.self) != nil
    }
}
