internal import PluginAPI

/// What is known of documents.
extension Reading where Self: ~Copyable {
    /// A document with its newest version, or with the one that the client sees.
    borrowing func document(_ id: Int, isForClient: Bool = false) throws(StoreError) -> DocumentRow? {
        try first(DocumentRow.select(isForClient: isForClient) + "WHERE d.id = \(id)", as: DocumentRow.self)
    }

    /// The document that a file is a version of; nil when it is none's.
    borrowing func document(ofFile file: FileID) throws(StoreError) -> (id: Int, version: Int)? {
        var found: (Int, Int)?
        try forFirst("SELECT document_id, version FROM legalcases_document_version WHERE file_id = \(file)") {
            (row: borrowing Row) throws(StoreError) in found = (try row.get(at: 0), try row.get(at: 1))
        }
        return found
    }

    /// The versions of a document, the newest in front.
    borrowing func versions(of document: Int) throws(StoreError) -> [DocumentVersion] {
        try all(DocumentVersion.select + "WHERE document_id = \(document) ORDER BY version DESC")
    }

    borrowing func version(_ version: Int, of document: Int) throws(StoreError) -> DocumentVersion? {
        try first(DocumentVersion.select + "WHERE document_id = \(document) AND version = \(version)")
    }
}

/// A document that is to be added.
struct NewDocument: Sendable {
    var matter: Int
    var client: PersonID?
    var title: String
    var description: String
    var folder: String
    var origin: DocumentOrigin
    /// Whether the client sees it at once.
    var isShown: Bool
    /// The task that it answers.
    var task: Int?
    var by: PersonID?
    /// The words of its file.
    var text: String
}

extension Transaction {
    /// Adds a document whose file is kept and attached to nothing yet.
    ///
    /// - Parameter origin: whose file may be taken.
    borrowing func add(_ new: NewDocument, _ file: StoredFile, from origin: FileOrigin = .caller) throws -> Int {
        let inserted: Int? = try value(
            """
            INSERT INTO legalcases_document (matter_id, client_id, title, description, folder, version, shown_version,
                origin, task_id, created_at, updated_at)
            VALUES (\(new.matter), \(new.client), \(new.title), \(new.description), \(new.folder), 0, NULL,
                \(new.origin), \(new.task), \(now.microseconds), \(now.microseconds)) RETURNING id
            """)
        guard let id = inserted else { throw Problem.fault }
        try add(file, to: id, of: new.matter, by: new.by, isShown: new.isShown, from: origin)
        try index(id, text: new.text)
        return id
    }

    /// Adds a version to a document; the index is not told.
    borrowing func add(
        _ file: StoredFile, to document: Int, of matter: Int, by person: PersonID?, isShown: Bool,
        from origin: FileOrigin = .caller
    ) throws {
        let version: Int =
            try value(
                """
                UPDATE legalcases_document SET version = version + 1, updated_at = \(now.microseconds)
                WHERE id = \(document) RETURNING version
                """) ?? 1
        let shownAt = isShown ? now.microseconds : nil
        try run(
            """
            INSERT INTO legalcases_document_version (document_id, version, file_id, name, media_type, size, sha256,
                uploaded_by, created_at, shown_at)
            VALUES (\(document), \(version), \(file.id), \(file.name), \(file.mediaType), \(file.size),
                \(file.hexDigest), \(person), \(now.microseconds), \(shownAt))
            """)
        if isShown { try run("UPDATE legalcases_document SET shown_version = \(version) WHERE id = \(document)") }
        try attach(file.id, to: Subject(LegalFile.kind, id: "\(document)"), from: origin)
        // How long it stays is the plugin's business: with its document.
        try keep(file.id, until: nil)
        if try isHeld(document: document, of: matter) { try hold(file.id, true) }
    }

    /// Documents and tasks of a case that gets its client: from then on they go with them.
    borrowing func give(papersOf matter: Int, to client: PersonID) throws(StoreError) {
        try run("UPDATE legalcases_document SET client_id = \(client) WHERE matter_id = \(matter)")
        try run("UPDATE legalcases_task SET client_id = \(client) WHERE matter_id = \(matter)")
    }

    /// Shows the newest version to the client, or none any more.
    borrowing func show(_ isShown: Bool, document: Int) throws(StoreError) {
        try run(
            """
            UPDATE legalcases_document SET shown_version = iif(\(isShown), version, NULL), updated_at = \(now.microseconds)
            WHERE id = \(document)
            """)
        if isShown {
            try run(
                """
                UPDATE legalcases_document_version SET shown_at = \(now.microseconds) WHERE document_id = \(document)
                AND shown_at IS NULL AND version = (SELECT version FROM legalcases_document WHERE id = \(document))
                """)
        }
        try reindex(document)
    }

    /// Deletes a document with its versions, files and links.
    ///
    /// - Returns: false when it is under hold; then nothing happens.
    borrowing func delete(document: Int) throws(StoreError) -> Bool {
        guard try run("DELETE FROM legalcases_document WHERE id = \(document)") > 0 else { return false }
        try removeGone()
        return true
    }

    /// Deletes files and words of documents whose rows are gone, some at a time.
    ///
    /// - Returns: whether there may be more.
    @discardableResult
    borrowing func removeGone(_ most: Int = 200) throws(StoreError) -> Bool {
        let files: [String] = try values(
            "SELECT file_id FROM legalcases_document_gone ORDER BY file_id LIMIT \(most)")
        for file in files {
            let document: Int =
                try value("SELECT document_id FROM legalcases_document_gone WHERE file_id = \(file)") ?? 0
            try unindex(document)
            try delete(FileID(rawValue: file))
            try run("DELETE FROM legalcases_document_gone WHERE file_id = \(file)")
        }
        return files.count == most
    }
}

/// How files hang on documents.
enum LegalFile {
    /// What the files of documents are attached to: their document.
    static let kind = "document"
}
