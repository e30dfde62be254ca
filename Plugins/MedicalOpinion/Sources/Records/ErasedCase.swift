internal import PluginAPI

/// What is left of a case whose customer was erased: no route shows it any more.
struct ErasedCase: Record {
    /// How far it is taken apart.
    enum Remains: String, Sendable, SQLConvertible {
        /// The erasure itself has only taken what rows can say.
        case fresh
        /// The law has the opinion kept for a while, with what was asked.
        case kept
        /// There is nothing but numbers.
        case gone
    }

    let id: String
    let number: String
    let state: CaseState
    let deliveredAt: Instant?
    let remains: Remains

    static let select: SQL = "SELECT id, number, state, delivered_at, remains FROM medicalopinion_case"

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        number = try row.get(at: 1)
        state = try row.get(at: 2)
        let delivered: Int64? = try row.get(at: 3)
        deliveredAt = delivered.map { Instant(microseconds: $0) }
        remains = try row.get(at: 4)
    }
}

extension MedicalOpinion {
    static let erasureJobs: [Job<Self>] = [
        Job(trimMore, Self.trimAgain),
        Job("trim-kept-opinions", repeating: { _ in .daily(at: .midnight, in: .utc) }, Self.trim),
    ]

    static let trimMore = JobName<Nothing>("trim-kept-opinions-more")

    /// Somebody was erased: their cases lose what rows alone cannot say.
    func forget(_ event: PersonErased, _ tx: borrowing Transaction, _ context: WorkContext) throws { try trimSome(tx) }

    func trim(_ tx: borrowing Transaction, _ context: WorkContext) throws { try trimSome(tx) }

    func trimAgain(_ nothing: Nothing, _ tx: borrowing Transaction, _ context: WorkContext) throws { try trimSome(tx) }

    private func trimSome(_ tx: borrowing Transaction) throws {
        let most = 100
        let rows: [ErasedCase] = try tx.all(
            ErasedCase.select + """
                WHERE remains = 'fresh' OR remains = 'kept' AND delivered_at < \(keptSince(tx.now).microseconds)
                LIMIT \(most)
                """)
        for row in rows { try takeApart(row, tx) }
        if rows.count == most { try tx.schedule(Self.trimMore, at: tx.now, key: "", Nothing()) }
    }

    /// Opinions delivered before it are kept no longer.
    func keptSince(_ now: Instant) -> Instant {
        guard settings.keepOpinionsYears > 0 else { return now + .seconds(1) }
        return Zone.utc.startOfDay(Zone.utc.day(at: now).adding(years: -settings.keepOpinionsYears))
    }

    private func takeApart(_ row: ErasedCase, _ tx: borrowing Transaction) throws {
        if row.remains == .fresh {
            try tx.unschedule(Self.caseDue, key: row.id)
            for file in try tx.files(of: CaseNumber.subjectKind, id: row.number) { try tx.delete(file.id) }
            try tx.run(
                """
                UPDATE medicalopinion_case SET closed_at = coalesce(closed_at, \(tx.now.microseconds)),
                    remains = \(ErasedCase.Remains.kept) WHERE id = \(row.id)
                """)
        }
        if row.state == .draft {
            try tx.run("DELETE FROM medicalopinion_case_step WHERE case_id = \(row.id)")
            try tx.run("DELETE FROM medicalopinion_case WHERE id = \(row.id)")
            return
        }
        if let delivered = row.deliveredAt, delivered >= keptSince(tx.now) { return }
        try tx.run("DELETE FROM medicalopinion_opinion WHERE case_id = \(row.id)")
        try tx.run("DELETE FROM medicalopinion_opinion_version WHERE case_id = \(row.id)")
        // The number stands in letters and in the books: what is left must not be found by it.
        try tx.run(
            """
            UPDATE medicalopinion_case SET content = x'', number = id, remains = \(ErasedCase.Remains.gone)
            WHERE id = \(row.id)
            """)
    }
}
