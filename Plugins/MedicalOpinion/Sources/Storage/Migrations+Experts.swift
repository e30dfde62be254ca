internal import PluginAPI

extension Migrations {
    /// Experts.
    static let experts: [Migration] = [
        Migration(
            "003-experts",
            """
            CREATE TABLE medicalopinion_expert (
                person_id TEXT PRIMARY KEY, title TEXT NOT NULL, specialties TEXT NOT NULL, languages TEXT NOT NULL, capacity INTEGER NOT NULL,
                is_active INTEGER NOT NULL, created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            """)
    ]
}
