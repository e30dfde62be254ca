internal import PluginAPI

extension Migrations {
    /// Experts, where they may practise, of whom they must keep away, and what they were asked.
    static let experts: [Migration] = [
        Migration(
            "003-experts",
            """
            CREATE TABLE medicalopinion_expert (
                person_id TEXT PRIMARY KEY, title TEXT NOT NULL, credentials TEXT NOT NULL DEFAULT '',
                specialties TEXT NOT NULL, languages TEXT NOT NULL, capacity INTEGER NOT NULL,
                is_active INTEGER NOT NULL, away_from INTEGER, away_until INTEGER, created_at INTEGER NOT NULL,
                updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE medicalopinion_licence (
                id TEXT PRIMARY KEY, expert_id TEXT NOT NULL, jurisdiction TEXT NOT NULL, number TEXT NOT NULL,
                valid_from TEXT NOT NULL, expires_on TEXT NOT NULL, UNIQUE (expert_id, jurisdiction, number)
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE medicalopinion_conflict (
                id TEXT PRIMARY KEY, expert_id TEXT NOT NULL, kind TEXT NOT NULL, value TEXT NOT NULL,
                note TEXT, created_at INTEGER NOT NULL, UNIQUE (expert_id, kind, value)) STRICT, WITHOUT ROWID;
            CREATE TABLE medicalopinion_invitation (
                seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, expert_id TEXT NOT NULL, state TEXT NOT NULL,
                invited_at INTEGER NOT NULL, answer_by INTEGER NOT NULL, answered_at INTEGER, reason TEXT) STRICT;
            CREATE INDEX medicalopinion_invitation_case ON medicalopinion_invitation (case_id, seq);
            CREATE INDEX medicalopinion_invitation_expert ON medicalopinion_invitation (expert_id, state);
            """)
    ]
}
