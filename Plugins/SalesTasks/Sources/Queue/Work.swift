internal import PluginAPI

/// The answer of `POST /representative/work/next`.
struct NextWork: Described {
    let work: Work?
    let callingResumesAt: Instant?

    static let schema = Schema<NextWork>.object(
        NextWork.init(work:callingResumesAt:),
        Field("work", \.work, .optional(Work.schema), note: "null when there is nobody to call now"),
        Field(
            "callingResumesAt", \.callingResumesAt, .optional(Instant.schema),
            note: "When calling hours begin for some customers, where there is nobody to call now"))
}

/// A customer in a representative's hands, with what it takes to call them.
struct Work: Described {
    let workId: String
    let taskId: String
    let title: String
    let script: String
    let uniqueProposition: String
    let isCallback: Bool
    let attempts: Int
    let leaseUntil: Instant
    let customer: WorkCustomer

    static let schema = Schema<Work>.object(
        Work.init(
            workId:taskId:title:script:uniqueProposition:isCallback:attempts:leaseUntil:customer:),
        Field("workId", \.workId, .id), Field("taskId", \.taskId, .id), Field("title", \.title, .string(1...200)),
        Field("script", \.script, .string(0...20_000)),
        Field("uniqueProposition", \.uniqueProposition, .string(1...2000)),
        Field("isCallback", \.isCallback, .bool, note: "Whether this time was agreed"),
        Field("attempts", \.attempts, .count, note: "Calls that reached nobody"),
        Field("leaseUntil", \.leaseUntil, Instant.schema, note: "Send a heartbeat before"),
        Field("customer", \.customer, WorkCustomer.schema))
}

/// A customer as whoever calls them sees them.
struct WorkCustomer: Described {
    let customerId: String
    let name: String
    let phone: Phone
    let email: Email?
    let priority: Priority
    let description: String?
    let timeZones: [String]
    let history: [EarlierCall]

    static let schema = Schema<WorkCustomer>.object(
        WorkCustomer.init(customerId:name:phone:email:priority:description:timeZones:history:),
        Field("customerId", \.customerId, .id), Field("name", \.name, .string(1...200)),
        Field("phone", \.phone, Phone.schema), Field("email", \.email, .optional(Email.schema)),
        Field("priority", \.priority, .oneOf), Field("description", \.description, .optional(.string(0...2000))),
        Field("timeZones", \.timeZones, .list(.string(1...60))),
        Field("history", \.history, .list(EarlierCall.schema), note: "The last calls, the newest first"))
}

/// An earlier call to a customer.
struct EarlierCall: Described, Record {
    let callId: String
    let endTime: Instant
    let disposition: Disposition
    let notes: String?

    init(callId: String, endTime: Instant, disposition: Disposition, notes: String?) {
        self.callId = callId
        self.endTime = endTime
        self.disposition = disposition
        self.notes = notes
    }

    init(row: borrowing Row) throws(StoreError) {
        callId = try row.get("id")
        endTime = Instant(microseconds: try row.get("ended_at"))
        disposition = try row.get("disposition")
        notes = try row.get("notes")
    }

    static let schema = Schema<EarlierCall>.object(
        EarlierCall.init(callId:endTime:disposition:notes:), Field("callId", \.callId, .id),
        Field("endTime", \.endTime, Instant.schema), Field("disposition", \.disposition, .oneOf),
        Field("notes", \.notes, .optional(.string(0...4000))))
}

extension Reading where Self: ~Copyable {
    /// A leased customer with what it takes to call them.
    borrowing func shown(_ work: WorkRow, isCallback: Bool, until end: Instant) throws -> Work {
        let task = try task(named: work.task)
        let row: CustomerRow = try one(CustomerRow.select + "WHERE c.seq = \(work.customer)")
        let history: [EarlierCall] = try all(
            """
            SELECT id, ended_at, disposition, notes FROM salestasks_call WHERE customer_seq = \(work.customer)
            ORDER BY ended_at DESC LIMIT 5
            """)
        let customer = row.customer
        return Work(
            workId: work.id, taskId: task.id, title: task.title, script: try script(of: task.id) ?? "",
            uniqueProposition: task.proposition, isCallback: isCallback, attempts: work.attempts, leaseUntil: end,
            customer: WorkCustomer(
                customerId: customer.customerId, name: customer.name, phone: customer.phone, email: customer.email,
                priority: work.priority, description: customer.description,
                timeZones: work.place.split(separator: ",").map(String.init), history: history))
    }
}
