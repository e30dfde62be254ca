internal import PluginAPI

extension Migrations {
    /// Each signed version of an opinion with its code: the code lies sealed and is found by its keyed hash; the file is kept
    /// as it was first made, so that its digest stays true.
    static let opinions: [Migration] = [
        Migration(
            "120-opinion-versions",
            """
            CREATE TABLE medicalopinion_opinion_version (
                seq INTEGER PRIMARY KEY, case_id TEXT NOT NULL, number INTEGER NOT NULL, opinion_id TEXT NOT NULL UNIQUE,
                person_id TEXT NOT NULL, expert_id TEXT NOT NULL, expert_name TEXT NOT NULL, expert_title TEXT NOT NULL,
                code BLOB NOT NULL, code_index BLOB NOT NULL UNIQUE, content_sha256 TEXT NOT NULL,
                signed_at INTEGER NOT NULL, document BLOB, document_sha256 TEXT, UNIQUE (case_id, number)) STRICT;
            CREATE INDEX medicalopinion_opinion_version_person ON medicalopinion_opinion_version (person_id);
            CREATE TRIGGER medicalopinion_opinion_version_locked BEFORE UPDATE OF case_id, number, opinion_id, expert_id,
                expert_name, expert_title, code, code_index, content_sha256, signed_at ON medicalopinion_opinion_version
                BEGIN SELECT RAISE(ABORT, 'what was signed does not change'); END;
            CREATE TRIGGER medicalopinion_opinion_version_file BEFORE UPDATE OF document_sha256
                ON medicalopinion_opinion_version WHEN OLD.document_sha256 IS NOT NULL
                BEGIN SELECT RAISE(ABORT, 'a file that was given out does not change'); END;
            """)
    ]
}
