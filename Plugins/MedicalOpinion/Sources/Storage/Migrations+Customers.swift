internal import PluginAPI

extension Migrations {
    /// Customers, what they consented to, and what they paid.
    static let customers: [Migration] = [
        Migration(
            "001-customers",
            """
            CREATE TABLE medicalopinion_customer (
                person_id TEXT PRIMARY KEY, middle_name TEXT, date_of_birth TEXT, street TEXT, city TEXT, state TEXT,
                zip_code TEXT, country TEXT, currency TEXT, emergency_name TEXT, emergency_relationship TEXT,
                emergency_phone TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE TABLE medicalopinion_consent (
                seq INTEGER PRIMARY KEY, person_id TEXT NOT NULL, kind TEXT NOT NULL,
                is_granted INTEGER NOT NULL, given_by TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
            CREATE INDEX medicalopinion_consent_person ON medicalopinion_consent (person_id, kind, seq);
            CREATE TABLE medicalopinion_payment (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL,
                amount_minor INTEGER NOT NULL, currency TEXT NOT NULL, case_number TEXT,
                reference TEXT NOT NULL UNIQUE, recorded_by TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
            CREATE INDEX medicalopinion_payment_person ON medicalopinion_payment (person_id, seq);
            """)
    ]
}
