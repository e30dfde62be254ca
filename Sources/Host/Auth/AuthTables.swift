import PluginAPI

/// Who the tenant's people are, how they have signed in, and with which keys their tokens are signed.
enum AuthTables {
    /// The steps, in their order.
    static let migrations = first + later
    /// Those that every tenant began with.
    static let first = [people, sessions, codes, signingKeys]
    /// Those that came afterwards.
    static let later = [
        SessionCookies.migration, APIKeyTable.migration, passwords, factors, FederatedIdentities.migration,
    ]

    /// One person is one account with at most one identifier of each kind, each unique in the tenant.
    private static let people = Migration(
        "000-auth-1-people",
        """
        CREATE TABLE portico_person (
            id TEXT PRIMARY KEY,
            given_name TEXT NOT NULL,
            family_name TEXT NOT NULL,
            language TEXT,
            state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'suspended')),
            created_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_identifier (
            kind TEXT NOT NULL CHECK (kind IN ('email', 'phone', 'username')),
            value TEXT NOT NULL,
            person_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            verified_at INTEGER,
            PRIMARY KEY (kind, value)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX portico_identifier_person ON portico_identifier (person_id, kind);
        CREATE TABLE portico_person_role (
            person_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            plugin TEXT NOT NULL,
            role TEXT NOT NULL,
            branch TEXT NOT NULL,
            PRIMARY KEY (person_id, plugin, role, branch)
        ) STRICT, WITHOUT ROWID;
        """)

    /// A session is a family of refresh tokens: each but the last was used and names its successor.
    private static let sessions = Migration(
        "000-auth-2-sessions",
        """
        CREATE TABLE portico_session (
            id TEXT PRIMARY KEY,
            person_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            plugin TEXT NOT NULL,
            role TEXT NOT NULL,
            methods TEXT NOT NULL,
            address TEXT,
            user_agent TEXT,
            created_at INTEGER NOT NULL,
            last_used_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            ended_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_session_person ON portico_session (person_id);
        CREATE TABLE portico_refresh_token (
            hash BLOB PRIMARY KEY,
            session_id TEXT NOT NULL REFERENCES portico_session (id) ON DELETE CASCADE,
            issued_at INTEGER NOT NULL,
            used_at INTEGER,
            successor BLOB,
            address TEXT,
            user_agent TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_refresh_token_session ON portico_refresh_token (session_id);
        """)

    /// At most one live code for each phone and purpose, and when codes were made, for the budgets.
    private static let codes = Migration(
        "000-auth-3-codes",
        """
        CREATE TABLE portico_code (
            purpose TEXT NOT NULL,
            phone TEXT NOT NULL,
            tag BLOB NOT NULL,
            tries INTEGER NOT NULL,
            sent_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (purpose, phone)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE portico_code_sending (
            id INTEGER PRIMARY KEY,
            phone TEXT NOT NULL,
            sent_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX portico_code_sending_phone ON portico_code_sending (phone, sent_at);
        """)

    private static let signingKeys = Migration(
        "000-auth-4-signing-keys",
        """
        CREATE TABLE portico_signing_key (
            kid TEXT PRIMARY KEY,
            private_key BLOB NOT NULL,
            jwk TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            retired_at INTEGER
        ) STRICT, WITHOUT ROWID;
        """)
}
