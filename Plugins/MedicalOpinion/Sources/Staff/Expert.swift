internal import PluginAPI

/// An expert as stored, with how many cases they work on.
struct ExpertRow: Record {
    let person: PersonID
    let title: String
    let specialties: [String]
    let languages: [String]
    let capacity: Int
    let isActive: Bool
    let load: Int
    let availability: Availability
    let rating: Rating

    static let select: SQL = """
        SELECT e.person_id, e.title, e.specialties, e.languages, e.capacity, e.is_active,
            (SELECT count(*) FROM medicalopinion_case c WHERE c.expert_id = e.person_id
                AND c.state IN ('assigned', 'in_review', 'second_read')),
            e.is_accepting, e.away_from, e.away_until,
            (SELECT count(c.rating) FROM medicalopinion_case c WHERE c.rated_expert_id = e.person_id),
            (SELECT coalesce(sum(c.rating), 0) FROM medicalopinion_case c WHERE c.rated_expert_id = e.person_id)
        FROM medicalopinion_expert e
        """

    init(row: borrowing Row) throws(StoreError) {
        func list(_ text: String) -> [String] { text.split(separator: "|").map(String.init) }
        person = try row.get(at: 0)
        title = try row.get(at: 1)
        specialties = list(try row.get(at: 2))
        languages = list(try row.get(at: 3))
        capacity = try row.get(at: 4)
        isActive = try row.get(at: 5)
        load = try row.get(at: 6)
        availability = Availability(
            isAccepting: try row.get(at: 7), awayFrom: (try row.get(at: 8) as String?).flatMap { Day(iso8601: $0) },
            awayUntil: (try row.get(at: 9) as String?).flatMap { Day(iso8601: $0) })
        rating = Rating(count: try row.get(at: 10), sum: try row.get(at: 11))
    }
}

/// An expert as the staff see them.
struct ExpertShown: Described {
    let id: PersonID
    let name: String
    let title: String
    let specialties: [String]
    let languages: [String]
    let capacity: Int
    let load: Int
    let active: Bool

    static let schema = Schema<ExpertShown>.object(
        ExpertShown.init(id:name:title:specialties:languages:capacity:load:active:),
        Field("id", \.id, PersonID.schema), Field("name", \.name, .string(0...300)),
        Field("title", \.title, .string(0...200)), Field("specialties", \.specialties, .list(.string(1...60))),
        Field("languages", \.languages, .list(.string(1...35))), Field("capacity", \.capacity, .int(0...10_000)),
        Field("load", \.load, .int(0...1_000_000), note: "Cases they work on"), Field("active", \.active, .bool))
}

extension ExpertShown {
    init(_ row: ExpertRow, name: String) {
        self.init(
            id: row.person, name: name, title: row.title, specialties: row.specialties, languages: row.languages,
            capacity: row.capacity, load: row.load, active: row.isActive)
    }
}

struct ExpertList: Described {
    let professionals: [ExpertShown]
    static let schema = Schema<ExpertList>.object(
        ExpertList.init(professionals:), Field("professionals", \.professionals, .list(ExpertShown.schema)))
}

/// Somebody who is to be an expert.
struct NewExpert: Described {
    let personId: PersonID
    let title: String
    let specialties: [String]
    let languages: [Language]
    let capacity: Int
    let active: Bool

    static let schema = Schema<NewExpert>.object(
        NewExpert.init(personId:title:specialties:languages:capacity:active:),
        Field("personId", \.personId, PersonID.schema), Field("title", \.title, .string(1...200)),
        Field("specialties", \.specialties, .list(.string(1...60), 1...50)),
        Field("languages", \.languages, .list(Language.schema, 1...50)),
        Field("capacity", \.capacity, .int(1...10_000), default: 10), Field("active", \.active, .bool, default: true))
}

extension Transaction {
    /// Keeps what is known of an expert.
    borrowing func keep(_ new: NewExpert, specialties: [String]) throws(StoreError) {
        try run(
            """
            INSERT INTO medicalopinion_expert (person_id, title, specialties, languages, capacity, is_active,
                created_at, updated_at)
            VALUES (\(new.personId), \(new.title), \(specialties.joined(separator: "|")),
                \(new.languages.map(\.tag).joined(separator: "|")), \(new.capacity), \(new.active),
                \(now.microseconds), \(now.microseconds))
            ON CONFLICT (person_id) DO UPDATE SET title = excluded.title, specialties = excluded.specialties,
                languages = excluded.languages, capacity = excluded.capacity, is_active = excluded.is_active,
                updated_at = excluded.updated_at
            """)
    }
}
