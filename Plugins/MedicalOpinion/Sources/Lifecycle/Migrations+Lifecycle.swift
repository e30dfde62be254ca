internal import PluginAPI

extension Migrations {
    /// What happened, and what follows from it. Ids from 100 on, so that they sort behind the other areas'.
    static let lifecycle: [Migration] = [
        Migration(
            "100-lifecycle-events",
            """
            CREATE TABLE medicalopinion_lifecycle_event (
                seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, person_id TEXT NOT NULL, kind TEXT NOT NULL,
                at INTEGER NOT NULL, case_number TEXT, details TEXT NOT NULL) STRICT;
            CREATE INDEX medicalopinion_lifecycle_event_person ON medicalopinion_lifecycle_event (person_id, at, seq);
            """)
    ]
}
