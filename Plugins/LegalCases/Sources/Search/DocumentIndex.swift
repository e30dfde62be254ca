internal import PluginAPI

/// The words of documents. A document has one row, with the text of its newest version; where the client sees an older one,
/// that has a row of its own, so that nobody finds by a word what they may not read. Its scope says who finds it: `m12` the
/// staff of matter 12, `c12` its client.
extension Transaction {
    /// Adds a document, or its new version, with the text of its file.
    borrowing func index(_ document: Int, text: String) throws(StoreError) {
        let old = try indexedText(Self.row(document))
        try write(document, newest: text, before: old)
    }

    /// Writes a document's rows anew after its title, description or visibility has changed.
    borrowing func reindex(_ document: Int) throws(StoreError) {
        let newest = try indexedText(Self.row(document)) ?? ""
        try write(document, newest: newest, before: try indexedText(Self.shownRow(document)))
    }

    borrowing func unindex(_ document: Int) throws(StoreError) {
        try run(
            """
            DELETE FROM legalcases_document_text
            WHERE rowid IN (\(Self.row(document)), \(Self.shownRow(document)))
            """)
    }

    /// - Parameter before: the text of the version that the client sees, where that is not the newest.
    private borrowing func write(_ document: Int, newest: String, before: String?) throws(StoreError) {
        var found: (matter: Int, title: String, description: String, version: Int, shown: Int?)?
        try forFirst(
            """
            SELECT matter_id, title, description, version, shown_version FROM legalcases_document WHERE id = \(document)
            """
        ) { (row: borrowing Row) throws(StoreError) in
            found = (
                try row.get(at: 0), try row.get(at: 1), try row.get(at: 2), try row.get(at: 3), try row.get(at: 4)
            )
        }
        let older = try indexedText(Self.shownRow(document))
        try unindex(document)
        guard let found else { return }
        let (staff, client) = ("m\(found.matter)", "c\(found.matter)")
        let isNewestShown = found.shown == found.version
        try run(
            """
            INSERT INTO legalcases_document_text (rowid, title, description, text, scope)
            VALUES (\(Self.row(document)), \(found.title), \(found.description), \(newest),
                \(isNewestShown ? staff + " " + client : staff))
            """)
        guard found.shown != nil, !isNewestShown else { return }
        try run(
            """
            INSERT INTO legalcases_document_text (rowid, title, description, text, scope)
            VALUES (\(Self.shownRow(document)), \(found.title), \(found.description), \(older ?? before ?? ""),
                \(client))
            """)
    }

    private borrowing func indexedText(_ row: Int) throws(StoreError) -> String? {
        try value("SELECT text FROM legalcases_document_text WHERE rowid = \(row)")
    }

    private static func row(_ document: Int) -> Int { document * 2 }
    private static func shownRow(_ document: Int) -> Int { document * 2 + 1 }
}
