internal import PluginAPI

extension Migrations {
    /// What experts may do and cannot do, invitations, and whose customers are whose. Migrations are compared by their place,
    /// so the ids stand behind all that were there before.
    static let matching: [Migration] = [
        Migration(
            "110-licences",
            """
            ALTER TABLE medicalopinion_expert ADD COLUMN is_accepting INTEGER NOT NULL DEFAULT 1;
            ALTER TABLE medicalopinion_expert ADD COLUMN away_from TEXT;
            ALTER TABLE medicalopinion_expert ADD COLUMN away_until TEXT;
            CREATE TABLE medicalopinion_licence (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, expert_id TEXT NOT NULL, country TEXT NOT NULL,
                region TEXT NOT NULL, number TEXT NOT NULL, valid_until TEXT NOT NULL, told_at INTEGER,
                recorded_by TEXT NOT NULL, recorded_at INTEGER NOT NULL,
                UNIQUE (expert_id, country, region, number)) STRICT;
            CREATE INDEX medicalopinion_licence_ending ON medicalopinion_licence (valid_until) WHERE told_at IS NULL;
            """),
        Migration(
            "111-conflicts",
            """
            CREATE TABLE medicalopinion_affiliation (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, expert_id TEXT NOT NULL, kind TEXT NOT NULL,
                name BLOB NOT NULL, relation BLOB, declared_at INTEGER NOT NULL) STRICT;
            CREATE INDEX medicalopinion_affiliation_expert ON medicalopinion_affiliation (expert_id, seq);
            CREATE TABLE medicalopinion_conflict (
                seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, expert_id TEXT NOT NULL, kind TEXT NOT NULL, reason BLOB,
                recorded_by TEXT NOT NULL, recorded_at INTEGER NOT NULL, UNIQUE (case_id, expert_id)) STRICT;
            CREATE INDEX medicalopinion_conflict_expert ON medicalopinion_conflict (expert_id);
            """),
        Migration(
            "112-invitations",
            """
            CREATE TABLE medicalopinion_invitation (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, case_id TEXT NOT NULL, expert_id TEXT NOT NULL,
                abstract BLOB NOT NULL, sex TEXT, state TEXT NOT NULL, invited_by TEXT NOT NULL,
                invited_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, answered_at INTEGER, reason TEXT,
                comment BLOB) STRICT;
            CREATE UNIQUE INDEX medicalopinion_invitation_open ON medicalopinion_invitation (case_id, expert_id)
                WHERE state = 'open';
            CREATE INDEX medicalopinion_invitation_case ON medicalopinion_invitation (case_id, seq);
            CREATE INDEX medicalopinion_invitation_expert ON medicalopinion_invitation (expert_id, state, seq);
            """),
        Migration(
            "113-case-managers",
            """
            ALTER TABLE medicalopinion_customer ADD COLUMN case_manager_id TEXT;
            CREATE INDEX medicalopinion_customer_manager ON medicalopinion_customer (case_manager_id)
                WHERE case_manager_id IS NOT NULL;
            """),
    ]
}
