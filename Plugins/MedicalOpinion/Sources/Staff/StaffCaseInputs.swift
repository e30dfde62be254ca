internal import PluginAPI

/// Which cases of the queue are asked for.
struct QueueAsked: Described {
    let status: CaseStatus?
    let specialty: String?
    let professionalId: PersonID?
    let customerId: PersonID?
    let caseManagerId: PersonID?
    let page: Int
    let limit: Int
    static let schema = Schema<QueueAsked>.object(
        QueueAsked.init(status:specialty:professionalId:customerId:caseManagerId:page:limit:),
        Field("status", \.status, .optional(.oneOf), in: .query),
        Field("specialty", \.specialty, .optional(.string(1...60)), in: .query),
        Field("professionalId", \.professionalId, .optional(PersonID.schema), in: .query),
        Field("customerId", \.customerId, .optional(PersonID.schema), in: .query),
        Field(
            "caseManagerId", \.caseManagerId, .optional(PersonID.schema), in: .query,
            note: "Those of whom they look after"),
        Field("page", \.page, .int(1...1_000_000), in: .query, default: 1),
        Field("limit", \.limit, .int(1...100), in: .query, default: 20))
}

/// The expert whom a case is given to.
struct Assignment: Described {
    let caseNumber: String
    let professionalId: PersonID
    static let schema = Schema<Assignment>.object(
        Assignment.init(caseNumber:professionalId:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("professionalId", \.professionalId, PersonID.schema))
}

/// The status that a case comes to: a word of the wire, or a finer one of our own.
struct NewStatus: NamesCase {
    let caseNumber: String
    let status: String
    static let words = CaseStatus.allCases.map(\.rawValue) + CaseState.allCases.map(\.rawValue)
    static let schema = Schema<NewStatus>.object(
        NewStatus.init(caseNumber:status:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field(
            "status", \.status,
            Schema<String>.text(
                JSONSchema(["type": "string", "enum": .array(Set(words).sorted().map { .string($0) })]),
                allowed: "one of \(Set(words).sorted().joined(separator: ", "))", sample: { words[$0 % words.count] },
                parse: { words.contains($0) ? $0 : nil }, write: { $1.value($0) })))
}

/// Words of the staff about a case.
struct CaseWords: NamesCase {
    let caseNumber: String
    let text: String
    static let schema = Schema<CaseWords>.object(
        CaseWords.init(caseNumber:text:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("text", \.text, .string(1...5000)))
}

/// A message of the staff about a case.
struct NewCaseMessage: NamesCase {
    let caseNumber: String
    let subject: String?
    let message: String
    let priority: Conversation.Priority
    static let schema = Schema<NewCaseMessage>.object(
        NewCaseMessage.init(caseNumber:subject:message:priority:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("subject", \.subject, .optional(.string(1...200))), Field("message", \.message, .string(1...10_000)),
        Field("priority", \.priority, Conversation.Priority.schema, default: .normal))
}

/// A note of the staff.
struct NoteShown: Described, Record {
    let id: String
    let authorId: PersonID
    let text: String
    let createdAt: Instant
    static let schema = Schema<NoteShown>.object(
        NoteShown.init(id:authorId:text:createdAt:), Field("id", \.id, .string(1...64)),
        Field("authorId", \.authorId, PersonID.schema), Field("text", \.text, .string(0...5000)),
        Field("createdAt", \.createdAt, Instant.schema))
    private init(id: String, authorId: PersonID, text: String, createdAt: Instant) {
        self.id = id
        self.authorId = authorId
        self.text = text
        self.createdAt = createdAt
    }
    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        authorId = try row.get(at: 1)
        text = try row.get(at: 2, as: Sealed<CaseText>.self).value.text
        createdAt = Instant(microseconds: try row.get(at: 3))
    }
}
