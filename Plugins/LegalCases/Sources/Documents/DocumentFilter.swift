internal import PluginAPI

/// Which documents a list has, the newest in front.
struct DocumentFilter: Sendable {
    /// The matters whose documents may be in it; nil for all.
    var matters: [Int]?
    /// Whether it is the client's list: what is shown to them, as it is shown.
    var isForClient: Bool
    var matter: Int?
    var folder: String?
    var search: String?

    /// Matters that are asked for by name of each in the index; whoever sees more sees most, and a walk finds them soon.
    static let mostScopes = 250

    private static let farRows = 1000

    /// The ids of a page, and whether there are more.
    borrowing func page<R: Reading & ~Copyable>(
        _ page: Int, _ limit: Int, _ tx: borrowing R
    ) throws(StoreError) -> (ids: [Int], hasMore: Bool) {
        var within = matters
        if let matter { within = matters.map { $0.contains(matter) ? [matter] : [] } ?? [matter] }
        if let within, within.isEmpty { return ([], false) }
        let range: SQL = "LIMIT \(limit + 1) OFFSET \((page - 1) * limit)"
        var conditions: [SQL] = []
        let ids: [Int]
        if let search {
            let isNarrow = (within?.count ?? .max) <= Self.mostScopes
            let letter = isForClient ? "c" : "m"
            let scope = isNarrow ? within?.map { "\(letter)\($0)" } : nil
            guard let match = SearchTerms(search).match(scope: scope) else { return ([], false) }
            conditions.append("t.legalcases_document_text MATCH \(match)")
            conditions.append(isForClient ? "d.shown_version IS NOT NULL" : "t.rowid % 2 = 0")
            // Of the client's two possible rows, the one with their version.
            if isForClient { conditions.append("(t.rowid % 2 = 1) = (d.shown_version <> d.version)") }
            if let within, !isNarrow { conditions.append("d.matter_id IN \(SQL.numbers(within))") }
            if let folder { conditions.append(Self.inFolder(folder)) }
            ids = try tx.values(
                "SELECT d.id FROM legalcases_document_text t CROSS JOIN legalcases_document d ON d.id = t.rowid / 2 WHERE"
                    + SQL.joined(conditions, by: " AND ") + "ORDER BY t.rowid DESC" + range)
        } else {
            // Far behind, a walk over all documents is shorter than sorting those of many cases; the sign keeps the index
            // of cases from being used.
            let isFar = (page - 1) * limit >= Self.farRows
            if let within { conditions.append((isFar ? "+" : "") + "d.matter_id IN \(SQL.numbers(within))") }
            if isForClient { conditions.append("d.shown_version IS NOT NULL") }
            if let folder { conditions.append(Self.inFolder(folder)) }
            ids = try tx.values(
                "SELECT d.id FROM legalcases_document d" + (within == nil || isFar ? "" : index)
                    + (conditions.isEmpty ? "" : "WHERE" + SQL.joined(conditions, by: " AND ")) + "ORDER BY d.id DESC"
                    + range)
        }
        return (Array(ids.prefix(limit)), ids.count > limit)
    }

    /// The index by which the documents of cases are found. Said, because without statistics all of them look alike.
    private var index: SQL {
        switch (isForClient, folder == nil) {
        case (false, true): "INDEXED BY legalcases_document_matter"
        case (false, false): "INDEXED BY legalcases_document_folder"
        case (true, true): "INDEXED BY legalcases_document_shown"
        case (true, false): "INDEXED BY legalcases_document_shown_folder"
        }
    }

    /// A folder with all that lies in it.
    static func inFolder(_ folder: String) -> SQL {
        // One range for the index, from the folder to what comes behind its slash, and what of it is meant.
        """
        d.folder >= \(folder) AND d.folder < \(folder + "0") AND (d.folder = \(folder) OR d.folder >= \(folder + "/"))
        """
    }
}

extension Reading where Self: ~Copyable {
    /// A page of documents, the newest in front.
    borrowing func documents(
        _ filter: DocumentFilter, page: Int, limit: Int
    ) throws(StoreError) -> (rows: [DocumentRow], hasMore: Bool) {
        let (ids, hasMore) = try filter.page(page, limit, self)
        let rows: [DocumentRow] = try all(
            DocumentRow.select(isForClient: filter.isForClient) + "WHERE d.id IN \(SQL.list(ids)) ORDER BY d.id DESC")
        return (rows, hasMore)
    }
}
