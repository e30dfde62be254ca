internal import PluginAPI

extension Migrations {
    /// What is left of cases whose customers were erased, and what people get of theirs.
    static let library: [Migration] = [
        Migration(
            "130-erasure",
            """
            ALTER TABLE medicalopinion_case ADD COLUMN remains TEXT;
            CREATE INDEX medicalopinion_case_remains ON medicalopinion_case (remains, delivered_at)
                WHERE remains IS NOT NULL;
            CREATE VIEW medicalopinion_live_case AS SELECT * FROM medicalopinion_case WHERE remains IS NULL;
            CREATE TRIGGER medicalopinion_case_erased AFTER UPDATE OF person_id ON medicalopinion_case
                WHEN NEW.person_id <> OLD.person_id
                BEGIN
                    DELETE FROM medicalopinion_note WHERE case_id = NEW.id;
                    DELETE FROM medicalopinion_opinion
                        WHERE case_id = NEW.id AND (signed_at IS NULL OR NEW.delivered_at IS NULL);
                    UPDATE medicalopinion_case SET remains = 'fresh', due_at = NULL, escalated_at = NULL,
                        content = CASE WHEN NEW.delivered_at IS NULL THEN x'' ELSE NEW.content END,
                        state = CASE WHEN NEW.state IN ('draft', 'closed', 'withdrawn', 'declined', 'cancelled')
                            THEN NEW.state WHEN NEW.delivered_at IS NULL THEN 'cancelled' ELSE 'closed' END
                        WHERE id = NEW.id;
                END;
            CREATE VIEW medicalopinion_own_opinion AS
                SELECT c.person_id, c.number AS case_number, o.kind, o.content, o.signed_at
                FROM medicalopinion_opinion o JOIN medicalopinion_case c ON c.id = o.case_id
                WHERE o.signed_at IS NOT NULL;
            CREATE VIEW medicalopinion_own_step AS
                SELECT c.person_id, c.number AS case_number, s.act, s.from_state, s.to_state, s.at
                FROM medicalopinion_case_step s JOIN medicalopinion_case c ON c.id = s.case_id;
            CREATE VIEW medicalopinion_own_note AS
                SELECT c.person_id, c.number AS case_number, n.text, n.at
                FROM medicalopinion_note n JOIN medicalopinion_case c ON c.id = n.case_id;
            ALTER TABLE medicalopinion_referral ADD COLUMN friend_id TEXT;
            CREATE INDEX medicalopinion_referral_friend ON medicalopinion_referral (friend_id)
                WHERE friend_id IS NOT NULL;
            CREATE TRIGGER medicalopinion_referral_erased AFTER UPDATE OF friend_id ON medicalopinion_referral
                WHEN OLD.friend_id IS NOT NULL AND NEW.friend_id <> OLD.friend_id
                BEGIN
                    UPDATE medicalopinion_referral SET email = NEW.id || '@erased.invalid' WHERE id = NEW.id;
                END;
            """),
        Migration(
            "131-articles",
            """
            CREATE VIRTUAL TABLE medicalopinion_article_text USING fts5 (
                slug UNINDEXED, title, description, tags, text, prefix='2 3 4',
                tokenize='unicode61 remove_diacritics 2');
            CREATE TABLE medicalopinion_article_index (
                id INTEGER PRIMARY KEY CHECK (id = 1), fingerprint TEXT NOT NULL) STRICT;
            CREATE TABLE medicalopinion_content_state (
                slug TEXT PRIMARY KEY, is_published INTEGER NOT NULL, is_featured INTEGER NOT NULL, changed_by TEXT,
                changed_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            CREATE INDEX medicalopinion_content_read_day ON medicalopinion_content_read (last_day, slug);
            """),
        Migration(
            "132-reports",
            """
            CREATE INDEX medicalopinion_case_delivered ON medicalopinion_case
                (delivered_at, specialty, expert_id, submitted_at, expected_at, rating, rated_expert_id)
                WHERE delivered_at IS NOT NULL;
            CREATE INDEX medicalopinion_case_submitted ON medicalopinion_case (submitted_at, state)
                WHERE submitted_at IS NOT NULL;
            """),
    ]
}
