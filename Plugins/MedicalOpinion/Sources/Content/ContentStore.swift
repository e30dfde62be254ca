internal import PluginAPI

extension MedicalOpinion {
    /// A customer as a reader.
    func reader(_ person: PersonID, _ state: JourneyState, _ tx: borrowing ReadTransaction) throws -> ContentReader {
        var read: Set<String> = []
        var tags: [String: Int] = [:]
        try tx.forEach("SELECT slug, reads FROM medicalopinion_content_read WHERE person_id = \(person)") {
            (row) throws(StoreError) in
            let (slug, reads): (String, Int) = (try row.get("slug"), try row.get("reads"))
            read.insert(slug)
            for tag in library.article("content_\(slug)")?.tags ?? [] { tags[tag, default: 0] += reads }
        }
        var popularity: [String: Int] = [:]
        let since = tx.now.dayNumber - 30
        try tx.forEach(
            "SELECT slug, sum(reads) AS reads FROM medicalopinion_content_day WHERE day > \(since) GROUP BY slug"
        ) { (row) throws(StoreError) in popularity[try row.get("slug")] = try row.get("reads") }
        return ContentReader(
            specialties: Dictionary(
                state.cases.specialties.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: +),
            tags: tags, persona: PersonaVerdict(state).type, read: read, popularity: popularity)
    }

    /// Notes that somebody read an article; again on the same day counts once.
    func noteReading(_ article: Article, by person: PersonID, in tx: borrowing Transaction) throws {
        let day = tx.now.dayNumber
        let isNew = try tx.run(
            """
            INSERT INTO medicalopinion_content_read (person_id, slug, reads, last_day)
            VALUES (\(person), \(article.slug), 1, \(day))
            ON CONFLICT (person_id, slug) DO UPDATE SET reads = reads + 1, last_day = excluded.last_day
            WHERE last_day < excluded.last_day
            """)
        guard isNew > 0 else { return }
        try tx.run(
            """
            INSERT INTO medicalopinion_content_day (day, slug, reads) VALUES (\(day), \(article.slug), 1)
            ON CONFLICT (day, slug) DO UPDATE SET reads = reads + 1
            """)
        try tx.run("DELETE FROM medicalopinion_content_day WHERE day < \(day - 400)")
        try lifecycle.record(
            LifecycleEvent(
                .contentRead,
                [
                    "content": .string(article.id), "title": .string(article.title),
                    "tags": .array(article.tags.map { .string($0) }),
                ]), of: person, at: tx.now, in: tx)
    }
}
