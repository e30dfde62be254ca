internal import PluginAPI

extension Migrations {
    /// Holds, series of rescheduled visits, and what the clinic notes of a visit.
    ///
    /// Nothing that is booked may overlap time that is taken, knowingly booked twice or blocked. Only what stands in
    /// `appointments_overbooked` may, and that names a reason and who answers for it.
    static let booking = Migration(
        "004-booking",
        """
        ALTER TABLE appointments_appointment ADD COLUMN series_id TEXT;
        ALTER TABLE appointments_appointment ADD COLUMN predecessor_id TEXT;
        ALTER TABLE appointments_appointment ADD COLUMN successor_id TEXT;
        ALTER TABLE appointments_appointment ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE appointments_appointment ADD COLUMN held_until INTEGER;
        ALTER TABLE appointments_appointment ADD COLUMN is_walk_in INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE appointments_appointment ADD COLUMN overbooked_because TEXT;
        ALTER TABLE appointments_appointment ADD COLUMN cancelled_because TEXT;
        ALTER TABLE appointments_appointment ADD COLUMN attendance_at INTEGER;
        UPDATE appointments_appointment SET series_id = id;
        CREATE INDEX appointments_appointment_held ON appointments_appointment (held_until) WHERE state = 'held';
        CREATE INDEX appointments_appointment_customer ON appointments_appointment (customer_id, start_at);
        CREATE INDEX appointments_appointment_diary ON appointments_appointment (practitioner_id, start_at);
        CREATE INDEX appointments_appointment_series ON appointments_appointment (series_id);
        CREATE INDEX appointments_appointment_time ON appointments_appointment (start_at);
        CREATE TABLE appointments_overbooked (
            resource_id TEXT NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
            appointment_id TEXT NOT NULL REFERENCES appointments_appointment (id),
            reason TEXT NOT NULL CHECK (length(reason) > 0), person_id TEXT NOT NULL,
            CHECK (start_at < end_at AND end_at - start_at <= 86400000000),
            PRIMARY KEY (resource_id, start_at, appointment_id)) WITHOUT ROWID;
        CREATE INDEX appointments_overbooked_appointment ON appointments_overbooked (appointment_id);
        CREATE TABLE appointments_block (
            id TEXT PRIMARY KEY, resource_id TEXT NOT NULL, branch_id TEXT NOT NULL REFERENCES appointments_branch (id),
            start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('block', 'leave')),
            state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'refused')), reason TEXT,
            person_id TEXT NOT NULL, created_at INTEGER NOT NULL, decided_by TEXT, decided_at INTEGER,
            CHECK (start_at < end_at)) WITHOUT ROWID;
        CREATE INDEX appointments_block_resource ON appointments_block (resource_id, end_at);
        CREATE INDEX appointments_block_branch ON appointments_block (branch_id, end_at);
        CREATE TABLE appointments_exception (
            owner_id TEXT NOT NULL, day TEXT NOT NULL, opens INTEGER NOT NULL, closes INTEGER NOT NULL,
            CHECK (0 <= opens AND opens <= closes AND closes <= 1440),
            PRIMARY KEY (owner_id, day, opens)) WITHOUT ROWID;
        \(trigger("insert", "BEFORE INSERT"))
        \(trigger("update", "BEFORE UPDATE"))
        """)

    /// What somebody has held is looked for in every booking of theirs.
    static let holders = Migration(
        "009-holders",
        """
        CREATE INDEX appointments_appointment_holder ON appointments_appointment (person_id) WHERE state = 'held';
        """)

    /// Names by which patients are looked up, medical histories with all their versions, and addresses of private calendars.
    static let records = Migration(
        "005-records",
        """
        ALTER TABLE appointments_customer ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
        CREATE INDEX appointments_customer_name ON appointments_customer (name_key, id);
        CREATE TABLE appointments_medical (
            id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES appointments_customer (id),
            person_id TEXT NOT NULL, version INTEGER NOT NULL, content BLOB NOT NULL, changed_by TEXT NOT NULL,
            changed_at INTEGER NOT NULL, UNIQUE (customer_id, version)) WITHOUT ROWID;
        CREATE TABLE appointments_feed (
            person_id TEXT PRIMARY KEY, secret BLOB NOT NULL UNIQUE, created_at INTEGER NOT NULL) WITHOUT ROWID;
        """)

    /// Refuses what overlaps time that was knowingly booked twice, or is blocked.
    private static func trigger(_ name: String, _ moment: String) -> String {
        """
        CREATE TRIGGER appointments_occupied_\(name)_overbooked \(moment) ON appointments_occupied
        WHEN EXISTS (SELECT 1 FROM appointments_overbooked WHERE resource_id = NEW.resource_id
                     AND start_at > NEW.start_at - 86400000000 AND start_at < NEW.end_at AND end_at > NEW.start_at)
        BEGIN SELECT RAISE(ABORT, 'TIME_SLOT_CONFLICT'); END;
        CREATE TRIGGER appointments_occupied_\(name)_blocked \(moment) ON appointments_occupied
        WHEN EXISTS (SELECT 1 FROM appointments_block WHERE resource_id = NEW.resource_id AND state = 'approved'
                     AND end_at > NEW.start_at AND start_at < NEW.end_at)
        BEGIN SELECT RAISE(ABORT, 'TIME_SLOT_CONFLICT'); END;
        """
    }
}
