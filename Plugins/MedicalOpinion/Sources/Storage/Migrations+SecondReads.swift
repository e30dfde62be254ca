internal import PluginAPI

extension Migrations {
    /// What second experts are asked, and what they say. One is open for a case at a time.
    static let secondReads: [Migration] = [
        Migration(
            "140-second-reads",
            """
            CREATE TABLE medicalopinion_second_read (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, person_id TEXT NOT NULL,
                expert_id TEXT NOT NULL, expert_name TEXT NOT NULL, expert_title TEXT NOT NULL, asked_by TEXT NOT NULL,
                asked_at INTEGER NOT NULL, state TEXT NOT NULL, agrees INTEGER, text BLOB, draft_version INTEGER,
                signed_at INTEGER, released_at INTEGER, released_by TEXT) STRICT;
            CREATE INDEX medicalopinion_second_read_case ON medicalopinion_second_read (case_id, seq);
            CREATE INDEX medicalopinion_second_read_expert ON medicalopinion_second_read (expert_id, state, seq);
            CREATE INDEX medicalopinion_second_read_person ON medicalopinion_second_read (person_id);
            CREATE UNIQUE INDEX medicalopinion_second_read_open ON medicalopinion_second_read (case_id)
                WHERE state = 'asked';
            CREATE TRIGGER medicalopinion_second_read_locked
                BEFORE UPDATE OF case_id, expert_id, expert_name, expert_title, agrees, text, draft_version, signed_at
                ON medicalopinion_second_read WHEN OLD.signed_at IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'what was signed does not change'); END;
            CREATE VIEW medicalopinion_released_read AS
                SELECT person_id, agrees, text, signed_at FROM medicalopinion_second_read WHERE released_at IS NOT NULL;
            """)
    ]
}
