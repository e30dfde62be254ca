internal import PluginAPI

/// What a second expert was asked about a case, and what they say.
struct SecondReadRow: Record {
    let id: String
    let caseID: String
    let expert: PersonID
    /// As they were called when they were asked; when they signed, once they have.
    let expertName: String
    let expertTitle: String
    let askedAt: Instant
    let state: State
    let agrees: Bool?
    let text: String?
    /// The version of the draft that they read; nil where there was none.
    let draftVersion: Int?
    let signedAt: Instant?
    let releasedAt: Instant?

    enum State: String, CaseIterable, Sendable, SQLConvertible {
        case asked, signed, withdrawn
    }

    static let select: SQL = """
        SELECT id, case_id, expert_id, expert_name, expert_title, asked_at, state, agrees, text, draft_version, signed_at,
            released_at
        FROM medicalopinion_second_read
        """

    init(row: borrowing Row) throws(StoreError) {
        func moment(_ micros: Int64?) -> Instant? { micros.map { Instant(microseconds: $0) } }
        id = try row.get(at: 0)
        caseID = try row.get(at: 1)
        expert = try row.get(at: 2)
        expertName = try row.get(at: 3)
        expertTitle = try row.get(at: 4)
        askedAt = Instant(microseconds: try row.get(at: 5))
        state = try row.get(at: 6)
        agrees = try row.get(at: 7)
        text = try row.get(at: 8, as: Sealed<CaseText>?.self)?.value.text
        draftVersion = try row.get(at: 9)
        signedAt = moment(try row.get(at: 10))
        releasedAt = moment(try row.get(at: 11))
    }
}

extension Reading where Self: ~Copyable {
    /// All second reads of a case, the newest first.
    borrowing func secondReads(of row: CaseRow) throws(StoreError) -> [SecondReadRow] {
        try all(SecondReadRow.select + "WHERE case_id = \(row.id) ORDER BY seq DESC LIMIT 100")
    }

    /// The one that waits for its expert.
    borrowing func openSecondRead(of row: CaseRow) throws(StoreError) -> SecondReadRow? {
        try first(SecondReadRow.select + "WHERE case_id = \(row.id) AND state = 'asked'")
    }
}
