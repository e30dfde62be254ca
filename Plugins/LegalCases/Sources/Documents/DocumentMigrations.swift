internal import PluginAPI

/// The tables of documents. What is under hold the database itself keeps: a row of it cannot be deleted, whoever asks, a
/// person's erasure too.
enum DocumentMigrations {
    static let all = [documents]

    private static let documents = Migration(
        "100-documents",
        """
        CREATE TABLE legalcases_document (
            id INTEGER PRIMARY KEY AUTOINCREMENT, matter_id INTEGER NOT NULL, client_id TEXT, title TEXT NOT NULL,
            description TEXT NOT NULL, folder TEXT NOT NULL, version INTEGER NOT NULL, shown_version INTEGER,
            origin TEXT NOT NULL CHECK (origin IN ('client', 'staff', 'generated')), task_id INTEGER,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        CREATE INDEX legalcases_document_matter ON legalcases_document (matter_id, id);
        CREATE INDEX legalcases_document_shown ON legalcases_document (matter_id, id) WHERE shown_version IS NOT NULL;
        CREATE INDEX legalcases_document_folder ON legalcases_document (matter_id, folder, id);
        CREATE INDEX legalcases_document_client ON legalcases_document (client_id) WHERE client_id IS NOT NULL;
        CREATE INDEX legalcases_document_task ON legalcases_document (task_id) WHERE task_id IS NOT NULL;
        CREATE TABLE legalcases_document_version (
            document_id INTEGER NOT NULL, version INTEGER NOT NULL, file_id TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
            media_type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, uploaded_by TEXT,
            created_at INTEGER NOT NULL, shown_at INTEGER, PRIMARY KEY (document_id, version)) WITHOUT ROWID;
        CREATE INDEX legalcases_document_version_person ON legalcases_document_version (uploaded_by)
            WHERE uploaded_by IS NOT NULL;
        CREATE VIRTUAL TABLE legalcases_document_text USING fts5 (
            title, description, text, scope, prefix='2 3 4 5 6 7 8', columnsize=0, tokenize='unicode61 remove_diacritics 2');
        CREATE TABLE legalcases_hold (
            id INTEGER PRIMARY KEY AUTOINCREMENT, matter_id INTEGER NOT NULL, document_id INTEGER, reason TEXT NOT NULL,
            placed_by TEXT, placed_at INTEGER NOT NULL, released_by TEXT, released_at INTEGER);
        CREATE INDEX legalcases_hold_active ON legalcases_hold (matter_id, document_id) WHERE released_at IS NULL;
        CREATE TABLE legalcases_share (
            id TEXT PRIMARY KEY, document_id INTEGER NOT NULL, version INTEGER NOT NULL, recipient TEXT NOT NULL,
            created_by TEXT, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER) WITHOUT ROWID;
        CREATE INDEX legalcases_share_document ON legalcases_share (document_id, created_at);
        CREATE TABLE legalcases_document_gone (
            file_id TEXT PRIMARY KEY, document_id INTEGER NOT NULL) WITHOUT ROWID;
        CREATE VIEW legalcases_client_document AS
            SELECT id, client_id, matter_id, title, description, folder, created_at FROM legalcases_document
            WHERE shown_version IS NOT NULL AND client_id IS NOT NULL;
        CREATE TRIGGER legalcases_document_held BEFORE DELETE ON legalcases_document
        WHEN EXISTS (
            SELECT 1 FROM legalcases_hold h WHERE h.released_at IS NULL AND h.matter_id = OLD.matter_id
            AND (h.document_id IS NULL OR h.document_id = OLD.id))
        BEGIN SELECT RAISE(IGNORE); END;
        CREATE TRIGGER legalcases_document_deleted AFTER DELETE ON legalcases_document BEGIN
            INSERT INTO legalcases_document_gone (file_id, document_id)
                SELECT file_id, document_id FROM legalcases_document_version WHERE document_id = OLD.id;
            DELETE FROM legalcases_document_version WHERE document_id = OLD.id;
            DELETE FROM legalcases_share WHERE document_id = OLD.id;
        END;
        """)
}
