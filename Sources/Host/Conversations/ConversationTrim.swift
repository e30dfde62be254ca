import PluginAPI

/// Deletes conversations that were closed long enough ago, a stretch at a time.
enum ConversationTrim {
    static let job = "conversation-trim"
    /// Messages that go in one transaction.
    private static let batch = 500

    /// - Returns: whether there may be more to delete.
    static func trim(now: Instant, _ host: HostWriter) throws(StoreError) -> Bool {
        let doomed = try host.first(
            """
            SELECT * FROM portico_thread WHERE expires_at <= \(now.microseconds) ORDER BY expires_at LIMIT 1
            """, as: ThreadRow.self)
        guard let doomed else { return false }
        guard try remove(doomed, atMost: batch, now: now, host) else { return true }
        let origin = Origin(plugin: doomed.conversation.plugin, requestID: job, now: now)
        try AuditTable.append(AuditEntry("conversation.expired", on: doomed.conversation.subject), origin, host)
        return true
    }

    /// Deletes a conversation with everything about it.
    ///
    /// - Parameter most: messages that go at once.
    /// - Returns: false when there are more.
    @discardableResult
    static func remove(
        _ thread: ThreadRow, atMost most: Int = ThreadTable.messages, now: Instant, _ host: HostWriter
    ) throws(StoreError) -> Bool {
        let number = thread.conversation.number
        let doomed: SQL =
            "SELECT number FROM portico_thread_message WHERE thread = \(number) ORDER BY position LIMIT \(most)"
        let withFiles = try host.values(
            "SELECT id FROM portico_thread_message WHERE files > 0 AND number IN (\(doomed))", as: MessageID.self)
        for message in withFiles {
            for file in try ConversationFiles.files(of: message, plugin: nil, host) {
                // What is held stays, attached to nothing that is left.
                _ = try FileTable.delete(file.id, now: now, host)
            }
        }
        guard try host.run("DELETE FROM portico_thread_message WHERE number IN (\(doomed))") < most else {
            return false
        }
        try host.run("DELETE FROM portico_thread_participant WHERE thread = \(number)")
        try host.run("DELETE FROM portico_thread_receipt WHERE thread = \(number)")
        try host.run("DELETE FROM portico_thread WHERE number = \(number)")
        return true
    }

    /// When the next conversation runs out.
    static func next(_ host: HostWriter) throws(StoreError) -> Instant? {
        try host.value(
            "SELECT expires_at FROM portico_thread WHERE expires_at IS NOT NULL ORDER BY expires_at LIMIT 1",
            as: Int64.self
        ).map { Instant(microseconds: $0) }
    }
}
