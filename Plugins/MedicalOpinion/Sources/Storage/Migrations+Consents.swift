internal import PluginAPI

extension Migrations {
    /// Texts that customers consent to, by kind and version; and which one they consented to.
    static let consents: [Migration] = [
        Migration(
            "121-consents",
            """
            CREATE TABLE medicalopinion_consent_version (
                kind TEXT NOT NULL, version INTEGER NOT NULL, is_required INTEGER NOT NULL, published_by TEXT NOT NULL,
                published_at INTEGER NOT NULL, PRIMARY KEY (kind, version)) STRICT, WITHOUT ROWID;
            CREATE TABLE medicalopinion_consent_text (
                kind TEXT NOT NULL, version INTEGER NOT NULL, language TEXT NOT NULL, title TEXT NOT NULL,
                text TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (kind, version, language)) STRICT, WITHOUT ROWID;
            CREATE TRIGGER medicalopinion_consent_version_kept BEFORE UPDATE ON medicalopinion_consent_version
                BEGIN SELECT RAISE(ABORT, 'what was published does not change'); END;
            CREATE TRIGGER medicalopinion_consent_text_kept BEFORE UPDATE ON medicalopinion_consent_text
                BEGIN SELECT RAISE(ABORT, 'what was published does not change'); END;
            ALTER TABLE medicalopinion_consent ADD COLUMN version INTEGER;
            ALTER TABLE medicalopinion_consent ADD COLUMN language TEXT;
            ALTER TABLE medicalopinion_consent ADD COLUMN text_sha256 TEXT;
            CREATE TRIGGER medicalopinion_consent_kept BEFORE UPDATE ON medicalopinion_consent
                BEGIN SELECT RAISE(ABORT, 'what somebody said does not change'); END;
            """)
    ]
}
