internal import PluginAPI

/// The plugin's tables, step by step. A released step never changes.
enum Migrations {
    static let all: [Migration] = [
        clinic, customers, appointments, booking, records, families, .reconcileMatches, .patientMatches,
        holders,
    ]

    private static let clinic = Migration(
        "001-clinic",
        """
        CREATE TABLE appointments_branch (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, zone TEXT NOT NULL, line1 TEXT NOT NULL, line2 TEXT,
            city TEXT NOT NULL, region TEXT, postal_code TEXT, country TEXT NOT NULL, phone TEXT, email TEXT,
            is_active INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;
        CREATE TABLE appointments_practitioner (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, branch_id TEXT NOT NULL REFERENCES appointments_branch (id),
            person_id TEXT UNIQUE, is_active INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;
        CREATE INDEX appointments_practitioner_branch ON appointments_practitioner (branch_id);
        CREATE TABLE appointments_room (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, branch_id TEXT NOT NULL REFERENCES appointments_branch (id),
            is_active INTEGER NOT NULL DEFAULT 1) WITHOUT ROWID;
        CREATE INDEX appointments_room_branch ON appointments_room (branch_id);
        CREATE TABLE appointments_hours (
            owner_id TEXT NOT NULL, weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
            opens INTEGER NOT NULL, closes INTEGER NOT NULL,
            CHECK (0 <= opens AND opens < closes AND closes <= 1440),
            PRIMARY KEY (owner_id, weekday, opens)) WITHOUT ROWID;
        CREATE TABLE appointments_holiday (
            branch_id TEXT NOT NULL REFERENCES appointments_branch (id), day TEXT NOT NULL, name TEXT NOT NULL,
            PRIMARY KEY (branch_id, day)) WITHOUT ROWID;
        CREATE TABLE appointments_service (
            id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT,
            duration_minutes INTEGER NOT NULL CHECK (duration_minutes BETWEEN 5 AND 720),
            buffer_before INTEGER NOT NULL CHECK (buffer_before BETWEEN 0 AND 240),
            buffer_after INTEGER NOT NULL CHECK (buffer_after BETWEEN 0 AND 240),
            price_minor INTEGER, currency TEXT, needs_room INTEGER NOT NULL, needs_approval INTEGER NOT NULL,
            is_active INTEGER NOT NULL DEFAULT 1, CHECK ((price_minor IS NULL) = (currency IS NULL))) WITHOUT ROWID;
        CREATE TABLE appointments_service_branch (
            service_id TEXT NOT NULL REFERENCES appointments_service (id),
            branch_id TEXT NOT NULL REFERENCES appointments_branch (id),
            PRIMARY KEY (service_id, branch_id)) WITHOUT ROWID;
        CREATE TABLE appointments_service_practitioner (
            service_id TEXT NOT NULL REFERENCES appointments_service (id),
            practitioner_id TEXT NOT NULL REFERENCES appointments_practitioner (id),
            PRIMARY KEY (service_id, practitioner_id)) WITHOUT ROWID;
        """)

    private static let customers = Migration(
        "002-customers",
        """
        CREATE TABLE appointments_customer (
            id TEXT PRIMARY KEY, person_id TEXT NOT NULL UNIQUE,
            status TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'VIP', 'INACTIVE')),
            preferred_name TEXT, pronouns TEXT, date_of_birth TEXT, gender TEXT, secondary_phone TEXT,
            line1 TEXT, line2 TEXT, city TEXT, region TEXT, postal_code TEXT, country TEXT,
            emergency_name TEXT, emergency_relationship TEXT, emergency_phone TEXT,
            physician_name TEXT, physician_phone TEXT, insurance_provider TEXT, insurance_number TEXT,
            branch_id TEXT REFERENCES appointments_branch (id),
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX appointments_customer_branch ON appointments_customer (branch_id);
        """)

    /// An interval of a resource is kept as `[start_at, end_at)`, buffers included. Since intervals of one resource never
    /// overlap, the one that starts last before a new one's end also ends last: looking at that one is enough.
    private static let appointments = Migration(
        "003-appointments",
        """
        CREATE TABLE appointments_appointment (
            id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES appointments_customer (id),
            person_id TEXT NOT NULL, service_id TEXT NOT NULL REFERENCES appointments_service (id),
            branch_id TEXT NOT NULL REFERENCES appointments_branch (id),
            practitioner_id TEXT NOT NULL REFERENCES appointments_practitioner (id),
            room_id TEXT REFERENCES appointments_room (id),
            start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, start_day TEXT NOT NULL, state TEXT NOT NULL,
            notes TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, cancelled_at INTEGER,
            CHECK (start_at < end_at)) WITHOUT ROWID;
        CREATE INDEX appointments_appointment_person ON appointments_appointment (person_id, start_at, state);
        CREATE INDEX appointments_appointment_branch ON appointments_appointment (branch_id, start_at);
        CREATE INDEX appointments_appointment_practitioner
            ON appointments_appointment (practitioner_id, start_day, state);
        CREATE TABLE appointments_occupied (
            resource_id TEXT NOT NULL, start_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
            appointment_id TEXT NOT NULL REFERENCES appointments_appointment (id),
            CHECK (start_at < end_at AND end_at - start_at <= 86400000000),
            PRIMARY KEY (resource_id, start_at)) WITHOUT ROWID;
        CREATE INDEX appointments_occupied_appointment ON appointments_occupied (appointment_id);
        CREATE TRIGGER appointments_occupied_insert BEFORE INSERT ON appointments_occupied
        WHEN (SELECT end_at FROM appointments_occupied
              WHERE resource_id = NEW.resource_id AND start_at < NEW.end_at
              ORDER BY start_at DESC LIMIT 1) > NEW.start_at
        BEGIN SELECT RAISE(ABORT, 'TIME_SLOT_CONFLICT'); END;
        CREATE TRIGGER appointments_occupied_update BEFORE UPDATE ON appointments_occupied
        WHEN (SELECT end_at FROM appointments_occupied
              WHERE resource_id = NEW.resource_id AND start_at < NEW.end_at
              AND NOT (resource_id = OLD.resource_id AND start_at = OLD.start_at)
              ORDER BY start_at DESC LIMIT 1) > NEW.start_at
        BEGIN SELECT RAISE(ABORT, 'TIME_SLOT_CONFLICT'); END;
        """)
}
