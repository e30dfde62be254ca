internal import PluginAPI

/// `EU-2025-001234`: region, year, sequence.
enum CaseNumber {
    /// The kind of subjects that are cases; their ids are the numbers.
    static let subjectKind = "case"
    static let schema = Schema<String>.string(1...64)

    static func text(_ region: String, _ year: Int, _ sequence: Int) -> String {
        let digits = String(sequence)
        return "\(region)-\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }
}

/// A case, as it is stored.
struct CaseRow: Record {
    let id: String
    let number: String
    let person: PersonID
    let specialty: String
    let content: CaseContent
    let urgency: Urgency
    let state: CaseState
    let expert: PersonID?
    let conversation: String?
    let infoRequest: String?
    let createdAt: Instant
    let submittedAt: Instant?
    let expectedAt: Instant?
    let deliveredAt: Instant?
    let dueAt: Instant?
    let escalatedAt: Instant?
    let rating: Int?
    let ratingComment: String?
    let ratedAt: Instant?
    let updatedAt: Instant

    static let select: SQL = """
        SELECT id, number, person_id, specialty, content, urgency, state, expert_id, conversation_id, info_request,
            created_at, submitted_at, expected_at, delivered_at, due_at, escalated_at, rating, rating_comment, updated_at,
            rated_at
        FROM medicalopinion_live_case
        """

    init(row: borrowing Row) throws(StoreError) {
        func moment(_ micros: Int64?) -> Instant? { micros.map { Instant(microseconds: $0) } }
        id = try row.get(at: 0)
        number = try row.get(at: 1)
        person = try row.get(at: 2)
        specialty = try row.get(at: 3)
        content = try row.get(at: 4, as: Sealed<CaseContent>.self).value
        urgency = try row.get(at: 5)
        state = try row.get(at: 6)
        expert = try row.get(at: 7)
        conversation = try row.get(at: 8)
        infoRequest = try row.get(at: 9, as: Sealed<CaseText>?.self)?.value.text
        createdAt = Instant(microseconds: try row.get(at: 10))
        submittedAt = moment(try row.get(at: 11))
        expectedAt = moment(try row.get(at: 12))
        deliveredAt = moment(try row.get(at: 13))
        dueAt = moment(try row.get(at: 14))
        escalatedAt = moment(try row.get(at: 15))
        rating = try row.get(at: 16)
        ratingComment = try row.get(at: 17, as: Sealed<CaseText>?.self)?.value.text
        updatedAt = Instant(microseconds: try row.get(at: 18))
        ratedAt = moment(try row.get(at: 19))
    }

    /// Whether there is an opinion that was not rated yet; one of a case that was reopened is another.
    var canBeRated: Bool {
        guard [.opinionReady, .completed].contains(state.status) else { return false }
        guard let ratedAt, let deliveredAt else { return true }
        return ratedAt < deliveredAt
    }

    /// What decides who may see it. A draft is its owner's alone.
    var subject: Subject {
        Subject(CaseNumber.subjectKind, id: number, owner: person, assignees: expert.map { [$0] } ?? [])
    }
}

extension Reading where Self: ~Copyable {
    borrowing func secondOpinion(_ number: String) throws(StoreError) -> CaseRow? {
        try first(CaseRow.select + "WHERE number = \(number)")
    }
}

extension Transaction {
    /// Keeps a new case as a draft, under the next number of the year.
    borrowing func addDraft(
        _ content: CaseContent, _ specialty: String, _ urgency: Urgency, of person: PersonID, region: String, year: Int,
        language: Language, rank: Int
    ) throws -> CaseRow {
        let sequence: Int =
            try value(
                """
                INSERT INTO medicalopinion_case_number (year, last) VALUES (\(year), 1)
                ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last
                """) ?? 1
        let number = CaseNumber.text(region, year, sequence)
        try run(
            """
            INSERT INTO medicalopinion_case (id, number, person_id, specialty, content, urgency, rank, state, language,
                created_at, updated_at)
            VALUES (\(newID("cas")), \(number), \(person), \(specialty), \(Sealed(content)), \(urgency),
                \(rank), \(CaseState.draft), \(language.tag), \(now.microseconds), \(now.microseconds))
            """)
        guard let row = try secondOpinion(number) else { throw Problem.notFound }
        return row
    }
}
