internal import PluginAPI

/// What the company's admins decided about an article; what is in the folder is published until they say otherwise.
struct ContentState: Record, Sendable {
    let slug: String
    let isPublished: Bool
    let isFeatured: Bool

    init(_ slug: String, isPublished: Bool = true, isFeatured: Bool = false) {
        self.slug = slug
        self.isPublished = isPublished
        self.isFeatured = isFeatured
    }

    init(row: borrowing Row) throws(StoreError) {
        slug = try row.get(at: 0)
        isPublished = try row.get(at: 1)
        isFeatured = try row.get(at: 2)
    }
}

extension Reading where Self: ~Copyable {
    /// What was decided, by the articles' names.
    borrowing func contentStates() throws(StoreError) -> [String: ContentState] {
        let states: [ContentState] = try all(
            "SELECT slug, is_published, is_featured FROM medicalopinion_content_state LIMIT 2000")
        return Dictionary(states.map { ($0.slug, $0) }, uniquingKeysWith: { $1 })
    }
}

extension Transaction {
    borrowing func keep(_ state: ContentState, by person: PersonID) throws(StoreError) {
        try run(
            """
            INSERT INTO medicalopinion_content_state (slug, is_published, is_featured, changed_by, changed_at)
            VALUES (\(state.slug), \(state.isPublished), \(state.isFeatured), \(person), \(now.microseconds))
            ON CONFLICT (slug) DO UPDATE SET is_published = excluded.is_published, is_featured = excluded.is_featured,
                changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """)
    }
}

extension MedicalOpinion {
    /// The articles that readers get to see.
    func shelf(_ tx: borrowing ReadTransaction) throws -> ContentLibrary { library.shown(try tx.contentStates()) }
}
