import PluginAPI

/// Which account belongs to whom at which identity provider.
enum FederatedIdentities {
    static let migration = Migration(
        "000-auth-9-identities",
        """
        CREATE TABLE portico_federated_identity (
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            person_id TEXT NOT NULL REFERENCES portico_person (id) ON DELETE CASCADE,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (issuer, subject)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX portico_federated_identity_person ON portico_federated_identity (person_id);
        """)

    /// Whose account it is.
    static func person(_ token: IDToken, _ tables: some Queries) throws(StoreError) -> PersonID? {
        try tables.value(
            """
            SELECT person_id FROM portico_federated_identity
            WHERE issuer = \(token.issuer) AND subject = \(token.subject)
            """)
    }

    /// Lets an account be signed in to by this identity from now on.
    static func link(
        _ token: IDToken, to person: PersonID, _ origin: Origin, _ host: HostWriter
    ) throws(StoreError) {
        try host.run(
            """
            INSERT INTO portico_federated_identity (issuer, subject, person_id, created_at)
            VALUES (\(token.issuer), \(token.subject), \(person), \(origin.now.microseconds))
            """)
        try AuditTable.append(
            AuditEntry("identity.linked", on: People.subject(person), details: ["issuer": .string(token.issuer)]),
            origin, host)
    }
}
