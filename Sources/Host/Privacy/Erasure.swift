import Database
import PluginAPI

/// Takes a person out of a tenant (GDPR art. 17), in one transaction: what is theirs alone is deleted, what others or the law
/// need stays without their name.
struct Erasure {
    let person: PersonID
    /// Stands where the person's id stood, so that what belongs together still does.
    let pseudonym: String
    let tables: PersonalTables
    /// Begins the names of the callers whose answers are kept.
    let slug: String
    let origin: Origin
    let host: HostWriter

    private var now: Instant { origin.now }

    /// - Returns: how many rows of each were changed or deleted.
    func run() throws -> [(name: String, rows: Int)] {
        var done: [(name: String, rows: Int)] = []
        for entry in tables.plugins {
            guard let sql = entry.erasure(of: person, as: pseudonym) else { continue }
            done.append((entry.name, try host.run(sql, as: entry.owner)))
        }
        done.append(("conversations", try conversations()))
        done.append(("files", try files()))
        done.append(("deliveries", try messages()))
        try rest()
        done.append(("account", try host.run("DELETE FROM portico_person WHERE id = \(person)")))
        AuthChange.announce(host)
        return done.filter { $0.rows > 0 }
    }

    /// Tells plugins, where one listens, so that they finish what rows alone cannot say.
    func tell() throws(StoreError) {
        guard try EventTable.isHeard(PersonErased.name, host) else { return }
        let event = PersonErased(pseudonym: PersonID(rawValue: pseudonym), at: now)
        try EventTable.append(
            PublishedEvent(
                name: PersonErased.name, payload: PersonErased.schema.encode(event),
                subject: Subject("person", id: pseudonym), audience: .machines), origin, host)
    }

    /// Conversations that are nobody else's go with their files; in others nothing says any more who it was.
    private func conversations() throws(StoreError) -> Int {
        let own = try host.all(
            """
            SELECT t.* FROM portico_thread AS t WHERE t.customer = \(person) AND NOT EXISTS (
                SELECT 1 FROM portico_thread_participant AS p
                WHERE p.thread = t.number AND p.side = 'customer' AND p.person <> \(person))
            """, as: ThreadRow.self)
        for thread in own { try ConversationTrim.remove(thread, now: now, host) }
        let sent = try host.run(
            "UPDATE portico_thread_message SET sender = NULL, author = NULL WHERE sender = \(person)")
        try host.run("UPDATE portico_thread_message SET author = NULL WHERE author = \(person)")
        try host.run("UPDATE portico_thread SET customer = NULL WHERE customer = \(person)")
        try host.run("UPDATE portico_thread SET assignee = NULL WHERE assignee = \(person)")
        try host.run(
            """
            DELETE FROM portico_thread_receipt WHERE person = \(person)
            AND thread IN (SELECT thread FROM portico_thread_participant WHERE person = \(person))
            """)
        try host.run("DELETE FROM portico_thread_participant WHERE person = \(person)")
        try host.run("UPDATE portico_canned_reply SET updated_by = NULL WHERE updated_by = \(person)")
        return own.count + sent
    }

    /// What they uploaded and nobody attached goes; what is attached belongs to its subject, and says no more who brought
    /// it. What is held stays.
    private func files() throws(StoreError) -> Int {
        let loose = try host.values(
            """
            SELECT id FROM portico_file WHERE uploader = \(person) AND NOT EXISTS (
                SELECT 1 FROM portico_file_attachment AS a WHERE a.file_id = portico_file.id)
            """, as: FileID.self)
        var count = 0
        for file in loose where try FileTable.delete(file, now: now, host) { count += 1 }
        try host.run("UPDATE portico_file SET uploader = NULL WHERE uploader = \(person)")
        count += try host.run("UPDATE portico_file_version SET uploader = NULL WHERE uploader = \(person)")
        try host.run("DELETE FROM portico_file_usage WHERE person = \(person)")
        return count
    }

    /// What they were told, on every way.
    private func messages() throws(StoreError) -> Int {
        let theirs: SQL = "(SELECT id FROM portico_outbox WHERE person_id = \(person))"
        try host.run("DELETE FROM portico_trace WHERE message_id IN \(theirs)")
        try host.run("DELETE FROM portico_delivery_report WHERE message_id IN \(theirs)")
        for address in try host.values(
            "SELECT value FROM portico_identifier WHERE person_id = \(person) AND kind IN ('email', 'phone')",
            as: String.self)
        {
            try host.run("DELETE FROM portico_captured WHERE recipient = \(address)")
        }
        let count = try host.run("DELETE FROM portico_delivery WHERE person_id = \(person)")
        try host.run("DELETE FROM portico_outbox WHERE person_id = \(person)")
        try host.run("DELETE FROM portico_device WHERE person_id = \(person)")
        try host.run("DELETE FROM portico_preferences WHERE person_id = \(person)")
        return count
    }

    private func rest() throws(StoreError) {
        try host.run("DELETE FROM portico_long_job WHERE person_id = \(person)")
        let caller = slug + " " + person.rawValue
        try host.run(
            """
            DELETE FROM portico_idempotency
            WHERE caller = \(caller) OR substr(caller, 1, length(\(caller)) + 5) = \(caller) || ' for '
            """)
    }
}
