internal import PluginAPI

extension Migrations {
    /// Numbers of people, and what the firm knows of its clients.
    static let people = Migration(
        "001-people",
        """
        CREATE TABLE legalcases_person (
            id INTEGER PRIMARY KEY AUTOINCREMENT, person_id TEXT NOT NULL UNIQUE);
        CREATE TABLE legalcases_client (
            id INTEGER PRIMARY KEY AUTOINCREMENT, person_id TEXT NOT NULL UNIQUE, company_name TEXT NOT NULL,
            address TEXT NOT NULL, name_key TEXT NOT NULL, created_by TEXT,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        CREATE INDEX legalcases_client_name ON legalcases_client (name_key, id);
        """)
}
