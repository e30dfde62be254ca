internal import PluginAPI

extension Migrations {
    /// Cases with their history, notes and opinions. What is medical lies sealed.
    static let cases: [Migration] = [
        Migration(
            "002-cases",
            """
            CREATE TABLE medicalopinion_case_number (
                year INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;
            CREATE TABLE medicalopinion_case (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE,
                person_id TEXT NOT NULL, specialty TEXT NOT NULL, content BLOB NOT NULL, urgency TEXT NOT NULL,
                rank INTEGER NOT NULL, state TEXT NOT NULL, language TEXT NOT NULL, expert_id TEXT,
                conversation_id TEXT, info_request BLOB, created_at INTEGER NOT NULL, submitted_at INTEGER, assigned_at INTEGER,
                expected_at INTEGER, delivered_at INTEGER, closed_at INTEGER, due_at INTEGER, escalated_at INTEGER,
                rating INTEGER, rating_comment BLOB, rated_at INTEGER, updated_at INTEGER NOT NULL,
                version INTEGER NOT NULL DEFAULT 1) STRICT;
            CREATE INDEX medicalopinion_case_person ON medicalopinion_case (person_id, seq DESC);
            CREATE INDEX medicalopinion_case_queue ON medicalopinion_case (state, rank, due_at);
            CREATE INDEX medicalopinion_case_expert ON medicalopinion_case (expert_id, state)
                WHERE expert_id IS NOT NULL;
            CREATE TABLE medicalopinion_case_step (
                seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, from_state TEXT, to_state TEXT NOT NULL,
                act TEXT NOT NULL, by TEXT, at INTEGER NOT NULL) STRICT;
            CREATE INDEX medicalopinion_case_step_case ON medicalopinion_case_step (case_id, seq);
            CREATE TABLE medicalopinion_note (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, author TEXT NOT NULL,
                text BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
            CREATE INDEX medicalopinion_note_case ON medicalopinion_note (case_id, seq);
            CREATE TABLE medicalopinion_opinion (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, kind TEXT NOT NULL,
                expert_id TEXT NOT NULL, content BLOB NOT NULL, version INTEGER NOT NULL, saved_at INTEGER NOT NULL,
                signed_at INTEGER) STRICT;
            CREATE INDEX medicalopinion_opinion_case ON medicalopinion_opinion (case_id, seq);
            CREATE UNIQUE INDEX medicalopinion_opinion_draft ON medicalopinion_opinion (case_id, kind)
                WHERE signed_at IS NULL;
            CREATE TRIGGER medicalopinion_opinion_locked BEFORE UPDATE ON medicalopinion_opinion
                WHEN OLD.signed_at IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'a signed opinion does not change'); END;
            """)
    ]
}
