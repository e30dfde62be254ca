import PluginAPI

extension AuthTables {
    /// Secrets shared with authenticator apps, codes for the day the phone is lost, and sign-ins that wait for either.
    static let factors = Migration(
        "000-auth-9-factors",
        """
        CREATE TABLE portico_totp (
            person_id TEXT PRIMARY KEY REFERENCES portico_person (id) ON DELETE CASCADE,
            secret BLOB NOT NULL,
            algorithm TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            proven_at INTEGER,
            last_step INTEGER NOT NULL DEFAULT 0
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_recovery_code (
            hash BLOB PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            used_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_recovery_code_person ON portico_recovery_code (person_id);
        CREATE TABLE portico_factor_challenge (
            hash BLOB PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            login BLOB NOT NULL,
            tries INTEGER NOT NULL DEFAULT 0,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_factor_challenge_person ON portico_factor_challenge (person_id, expires_at);
        CREATE INDEX portico_factor_challenge_expiry ON portico_factor_challenge (expires_at);
        """)
}
