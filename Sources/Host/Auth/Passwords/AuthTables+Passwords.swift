import PluginAPI

extension AuthTables {
    /// Passwords; failures in a row by the keyed hash of an identifier, known or not; devices that people have signed in
    /// from; links that were mailed, at most one for each purpose and address.
    static let passwords = Migration(
        "000-auth-5-passwords",
        """
        CREATE TABLE portico_password (
            person_id TEXT PRIMARY KEY REFERENCES portico_person (id) ON DELETE CASCADE,
            hash BLOB NOT NULL,
            changed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_sign_in_failure (
            subject BLOB PRIMARY KEY,
            failures INTEGER NOT NULL,
            locks INTEGER NOT NULL,
            locked_until INTEGER,
            last_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_sign_in_failure_age ON portico_sign_in_failure (last_at);
        CREATE TABLE portico_known_device (
            person_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            tag BLOB NOT NULL,
            last_used_at INTEGER NOT NULL,
            PRIMARY KEY (person_id, tag)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_known_device_age ON portico_known_device (last_used_at);
        CREATE TABLE portico_link (
            hash BLOB PRIMARY KEY,
            purpose TEXT NOT NULL,
            subject BLOB NOT NULL,
            person_id TEXT REFERENCES portico_person (id) ON DELETE CASCADE,
            content BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX portico_link_subject ON portico_link (purpose, subject);
        CREATE INDEX portico_link_expiry ON portico_link (expires_at);
        """)
}
