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
            """),
        Migration(
            "101-journeys",
            """
            CREATE TABLE medicalopinion_journey (
                person_id TEXT PRIMARY KEY, rules TEXT NOT NULL, state TEXT NOT NULL, score INTEGER
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX medicalopinion_journey_score ON medicalopinion_journey (score) WHERE score IS NOT NULL;
            CREATE INDEX medicalopinion_journey_rules ON medicalopinion_journey (rules);
            CREATE INDEX medicalopinion_lifecycle_event_kind
                ON medicalopinion_lifecycle_event (person_id, kind, at, seq);
            """),
    ]
}
