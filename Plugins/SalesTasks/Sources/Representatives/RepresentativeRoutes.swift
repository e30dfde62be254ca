internal import PluginAPI

extension SalesTasks {
    static let representativeRoutes: [Route<Self>] = [
        .get(
            "/admin/representatives", .reading(Self.representatives), needs: .permission(.readRepresentatives),
            "Everybody who calls customers."),
        .put(
            "/admin/representatives/{salesId}", .transactional(Self.setRepresentative),
            needs: .permission(.writeRepresentatives),
            "Makes an account a representative, or changes their team and skills."),
    ]

    /// `GET /admin/representatives`
    func representatives(_ asked: PageAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<Representative>
    {
        let total: Int = try tx.value("SELECT count(*) FROM salestasks_rep") ?? 0
        let rows: [RepresentativeRow] = try tx.all(
            "SELECT * FROM salestasks_rep ORDER BY created_at, id" + .rows(asked.page, asked.limit))
        var shown: [Representative] = []
        for row in rows { shown.append(try tx.shown(row)) }
        return Page(shown, PageNumbers(page: asked.page, limit: asked.limit, total: total))
    }

    /// `PUT /admin/representatives/{salesId}`
    func setRepresentative(_ new: RepresentativeChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> Representative
    {
        guard try tx.person(new.salesId) != nil else { throw Problem.notFound }
        let skills = TextList.text(new.skills)
        try tx.run(
            """
            INSERT INTO salestasks_rep (id, team, skills, is_active, created_at)
            VALUES (\(new.salesId), \(new.team), \(skills), \(new.isActive), \(tx.now.microseconds))
            ON CONFLICT (id) DO UPDATE SET team = excluded.team, skills = excluded.skills,
                is_active = excluded.is_active
            """)
        if new.isActive {
            try tx.grant(Role.representative.name, to: new.salesId)
        } else {
            try tx.revoke(Role.representative.name, from: new.salesId)
        }
        let subject = Subject("representative", id: new.salesId.rawValue)
        try tx.audit(
            AuditEntry(
                "representative.changed", on: subject,
                details: ["skills": .array(new.skills.map { .string($0) }), "isActive": .bool(new.isActive)]))
        guard let row = try tx.representative(new.salesId) else { throw Problem.notFound }
        return try tx.shown(row)
    }
}

/// The input of `PUT /admin/representatives/{salesId}`.
struct RepresentativeChange: Described {
    let salesId: PersonID
    let team: String?
    let skills: [String]
    let isActive: Bool

    static let schema = Schema<RepresentativeChange>.object(
        RepresentativeChange.init(salesId:team:skills:isActive:),
        Field("salesId", \.salesId, PersonID.schema, in: .path),
        Field("team", \.team, .optional(.string(1...100))),
        Field("skills", \.skills, .list(.string(1...60), 0...50), default: []),
        Field(
            "isActive", \.isActive, .bool, default: true,
            note: "false takes the role away; what was dealt to them stays until the task is rebalanced"))
}
