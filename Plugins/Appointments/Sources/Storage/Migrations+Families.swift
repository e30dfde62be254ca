internal import PluginAPI

extension Migrations {
    /// Children and who acts for them, those who wait for a visit; and the looked-up name can be emptied, as erasure does.
    static let families = Migration(
        "006-families",
        """
        DROP INDEX appointments_customer_name;
        ALTER TABLE appointments_customer RENAME COLUMN name_key TO first_name_key;
        ALTER TABLE appointments_customer ADD COLUMN name_key TEXT;
        UPDATE appointments_customer SET name_key = first_name_key;
        ALTER TABLE appointments_customer DROP COLUMN first_name_key;
        CREATE INDEX appointments_customer_name ON appointments_customer (name_key, id);
        ALTER TABLE appointments_customer ADD COLUMN guardian_id TEXT;
        CREATE INDEX appointments_customer_guardian ON appointments_customer (guardian_id);
        CREATE TABLE appointments_wait (
            id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES appointments_customer (id),
            person_id TEXT NOT NULL, service_id TEXT NOT NULL REFERENCES appointments_service (id),
            branch_id TEXT NOT NULL REFERENCES appointments_branch (id), practitioner_id TEXT,
            first_day TEXT NOT NULL, last_day TEXT NOT NULL, created_at INTEGER NOT NULL, told_at INTEGER) WITHOUT ROWID;
        CREATE INDEX appointments_wait_branch ON appointments_wait (branch_id, last_day);
        CREATE INDEX appointments_wait_person ON appointments_wait (person_id);
        """)
}
