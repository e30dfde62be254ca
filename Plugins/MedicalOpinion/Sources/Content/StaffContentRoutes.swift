internal import Documents
internal import PluginAPI

/// The company's side of its articles.
extension MedicalOpinion {
    static let staffContentRoutes: [Route<Self>] = [
        .get(
            "/v1/staff/content", .reading(Self.staffContent), needs: .permission(.readContent),
            "Every article of the folder with how much it is read, and the files that are none."),
        .get(
            "/v1/staff/content/{id}", .reading(Self.previewArticle), needs: .permission(.readContent),
            "An article as its readers see it, published or not."),
        .patch(
            "/v1/staff/content/{id}", .transactional(Self.changeArticle), needs: .permission(.writeContent),
            "Publishes an article or takes it back, puts it in front or no more."),
    ]

    func staffContent(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> StaffContent {
        let (states, reading) = (try tx.contentStates(), try reading(tx))
        return StaffContent(
            articles: library.articles.map { StaffArticle($0, states[$0.slug], reading[$0.slug]) },
            broken: library.broken.map { BrokenContent(file: $0.file, line: $0.fault.line, message: $0.fault.message) })
    }

    func previewArticle(_ named: ContentNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> StaffPreview
    {
        guard let article = library.article(named.id) else { throw Problem.notFound }
        let states = try tx.contentStates()
        return StaffPreview(
            content: StaffArticle(article, states[article.slug], try reading(tx)[article.slug]),
            html: CommonMark(article.markdown).html(firstHeading: 2))
    }

    func changeArticle(_ change: ContentChange, _ tx: borrowing Transaction, _ call: Call<Member>) throws
        -> StaffArticle
    {
        guard let article = library.article(change.id) else { throw Problem.notFound }
        let before = try tx.contentStates()[article.slug] ?? ContentState(article.slug)
        let after = ContentState(
            article.slug, isPublished: change.published ?? before.isPublished,
            isFeatured: change.featured ?? before.isFeatured)
        func told(_ state: ContentState) -> JSON {
            ["published": .bool(state.isPublished), "featured": .bool(state.isFeatured)]
        }
        if told(before) != told(after) {
            try tx.keep(after, by: call.caller.principal.person)
            try tx.audit(
                AuditEntry(
                    "content.changed", on: Subject("content", id: article.id), before: told(before), after: told(after))
            )
        }
        return StaffArticle(article, after, try tx.reading { try reading($0) }[article.slug])
    }

    /// How much each article is read: in the 400 days that are kept, and by how many in the last thirty.
    private func reading(_ tx: borrowing ReadTransaction) throws -> [String: (reads: Int, readers: Int)] {
        var reading: [String: (reads: Int, readers: Int)] = [:]
        try tx.forEach("SELECT slug, sum(reads) FROM medicalopinion_content_day GROUP BY slug") {
            (row) throws(StoreError) in reading[try row.get(at: 0), default: (0, 0)].reads = try row.get(at: 1)
        }
        let since = tx.now.dayNumber - 30
        try tx.forEach(
            "SELECT slug, count(*) FROM medicalopinion_content_read WHERE last_day > \(since) GROUP BY slug"
        ) { (row) throws(StoreError) in reading[try row.get(at: 0), default: (0, 0)].readers = try row.get(at: 1) }
        return reading
    }
}
