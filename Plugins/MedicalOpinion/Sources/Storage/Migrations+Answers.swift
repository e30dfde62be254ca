internal import PluginAPI

extension Migrations {
    /// Whose opinion was rated, and what a customer may know of who was asked about their case. An erased customer's cases
    /// keep neither abstracts nor reasons of those who were asked.
    static let answers: [Migration] = [
        Migration(
            "114-answers",
            """
            ALTER TABLE medicalopinion_case ADD COLUMN rated_expert_id TEXT;
            UPDATE medicalopinion_case SET rated_expert_id = expert_id WHERE rating IS NOT NULL;
            CREATE INDEX medicalopinion_case_rated ON medicalopinion_case (rated_expert_id, rating)
                WHERE rated_expert_id IS NOT NULL;
            CREATE VIEW medicalopinion_own_abstract AS
                SELECT c.person_id, c.number AS case_number, i.abstract, i.invited_at
                FROM medicalopinion_invitation i JOIN medicalopinion_case c ON c.id = i.case_id;
            CREATE TRIGGER medicalopinion_case_forgotten AFTER UPDATE OF person_id ON medicalopinion_case
                WHEN NEW.person_id <> OLD.person_id
                BEGIN
                    DELETE FROM medicalopinion_invitation WHERE case_id = NEW.id;
                    DELETE FROM medicalopinion_conflict WHERE case_id = NEW.id;
                END;
            """)
    ]
}
