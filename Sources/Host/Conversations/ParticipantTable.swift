import PluginAPI

/// Who takes part in conversations, and how far they have read.
enum ParticipantTable {
    static func all(of thread: Int, _ tables: some Queries) throws(StoreError) -> [ConversationParticipant] {
        try tables.all(
            "SELECT * FROM portico_thread_participant WHERE thread = \(thread) ORDER BY joined_at, person",
            as: ParticipantRow.self
        ).map(\.participant)
    }

    static func find(
        _ person: PersonID, of thread: Int, _ tables: some Queries
    ) throws(StoreError) -> ConversationParticipant? {
        try tables.first(
            "SELECT * FROM portico_thread_participant WHERE person = \(person) AND thread = \(thread)",
            as: ParticipantRow.self)?.participant
    }

    static func receipts(of thread: Int, _ tables: some Queries) throws(StoreError) -> [ReadReceipt] {
        try tables.all(
            "SELECT * FROM portico_thread_receipt WHERE thread = \(thread) ORDER BY position, at, person",
            as: ReceiptRow.self
        ).map(\.receipt)
    }

    /// Lets somebody take part. What was there before is unread for nobody but who came with the first message.
    ///
    /// - Returns: false when they take part already, on that side.
    /// - Throws: ``ConversationRefusal/tooManyParticipants``; ``StoreError``.
    static func join(
        _ person: PersonID, _ side: Conversation.Side, in thread: ThreadRow, now: Instant, _ host: HostWriter
    ) throws -> Bool {
        let number = thread.conversation.number
        let known = try find(person, of: number, host)
        if let known, known.isPresent, known.side == side { return false }
        let count =
            try host.value(
                "SELECT COUNT(*) FROM portico_thread_participant WHERE thread = \(number) AND left_at IS NULL",
                as: Int.self) ?? 0
        guard count < ThreadTable.participants || known?.isPresent == true else {
            throw ConversationRefusal.tooManyParticipants
        }
        let seen: SQL = side == .staff ? "" : "AND is_note = 0"
        let unread =
            try host.value(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM portico_thread_message
                WHERE thread = \(number) AND position > \(known?.lastRead ?? 0) AND sender IS NOT \(person) \(seen)
                LIMIT 1000)
                """, as: Int.self) ?? 0
        try host.run(
            """
            INSERT INTO portico_thread_participant (person, thread, side, joined_at, unread)
            VALUES (\(person), \(number), \(side), \(now.microseconds), \(unread))
            ON CONFLICT (person, thread) DO UPDATE SET side = excluded.side, left_at = NULL, shelved_at = NULL,
                unread = excluded.unread
            """)
        return true
    }

    /// - Returns: false when they do not take part.
    static func leave(_ person: PersonID, _ thread: Int, now: Instant, _ host: HostWriter) throws(StoreError) -> Bool {
        try host.run(
            """
            UPDATE portico_thread_participant SET left_at = \(now.microseconds), unread = 0
            WHERE person = \(person) AND thread = \(thread) AND left_at IS NULL
            """) > 0
    }

    static func shelve(
        _ person: PersonID, _ thread: Int, _ isShelved: Bool, now: Instant, _ host: HostWriter
    ) throws(StoreError) {
        let at: SQL = isShelved ? "COALESCE(shelved_at, \(now.microseconds))" : "NULL"
        try host.run(
            "UPDATE portico_thread_participant SET shelved_at =" + at
                + "WHERE person = \(person) AND thread = \(thread) AND left_at IS NULL")
    }

    /// A message came: it is unread for everybody who sees it but its sender, and brings the conversation back to who has
    /// put it away.
    static func count(
        _ thread: Int, from sender: PersonID, isNote: Bool, _ host: HostWriter
    ) throws(StoreError) {
        let seeing: SQL = isNote ? "AND side = 'staff'" : ""
        try host.run(
            """
            UPDATE portico_thread_participant SET unread = unread + 1, shelved_at = NULL
            WHERE thread = \(thread) AND person <> \(sender) AND left_at IS NULL \(seeing)
            """)
    }

    /// Notes how far somebody has read.
    ///
    /// - Returns: how far they had read before, on which side, and how many messages of others they have read since, up to a
    ///   thousand; nil when nothing has changed.
    static func read(
        _ thread: ThreadRow, by person: PersonID, upTo wanted: Int?, now: Instant, _ host: HostWriter
    ) throws(StoreError) -> (before: Int, side: Conversation.Side, count: Int)? {
        let number = thread.conversation.number
        guard let mine = try find(person, of: number, host), mine.isPresent else { return nil }
        let position = min(wanted ?? thread.last, thread.last)
        guard position > mine.lastRead else { return nil }
        let seen: SQL = mine.side == .staff ? "" : "AND is_note = 0"
        let unread =
            position == thread.last
            ? 0
            : try host.value(
                """
                SELECT COUNT(*) FROM portico_thread_message
                WHERE thread = \(number) AND position > \(position) AND sender IS NOT \(person) \(seen)
                """, as: Int.self) ?? 0
        try host.run(
            """
            UPDATE portico_thread_participant
            SET last_read = \(position), last_read_at = \(now.microseconds), unread = \(unread)
            WHERE person = \(person) AND thread = \(number)
            """)
        try host.run(
            """
            INSERT INTO portico_thread_receipt (thread, person, position, side, at)
            VALUES (\(number), \(person), \(position), \(mine.side), \(now.microseconds)) ON CONFLICT DO NOTHING
            """)
        let count =
            try host.value(
                """
                SELECT COUNT(*) FROM (SELECT 1 FROM portico_thread_message
                WHERE thread = \(number) AND position > \(mine.lastRead) AND position <= \(position)
                AND sender IS NOT \(person) \(seen) LIMIT 1000)
                """, as: Int.self) ?? 0
        return (mine.lastRead, mine.side, count)
    }
}

private struct ParticipantRow: Record {
    let participant: ConversationParticipant

    init(row: borrowing Row) throws(StoreError) {
        participant = ConversationParticipant(
            person: try row.get("person"), side: try row.get("side"),
            joinedAt: Instant(microseconds: try row.get("joined_at")),
            leftAt: try row.get("left_at", as: Int64?.self).map { Instant(microseconds: $0) },
            lastRead: try row.get("last_read"),
            lastReadAt: try row.get("last_read_at", as: Int64?.self).map { Instant(microseconds: $0) },
            unread: try row.get("unread"),
            shelvedAt: try row.get("shelved_at", as: Int64?.self).map { Instant(microseconds: $0) })
    }
}

private struct ReceiptRow: Record {
    let receipt: ReadReceipt

    init(row: borrowing Row) throws(StoreError) {
        receipt = ReadReceipt(
            person: try row.get("person"), side: try row.get("side"), position: try row.get("position"),
            at: Instant(microseconds: try row.get("at")))
    }
}
