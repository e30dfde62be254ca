extension Route {
    /// The message centre of seed 000 §6.1, for the envelope dialect: what people are written and write, by messages and by
    /// threads, with what was read. Notes of the staff are in none of it.
    ///
    /// - Parameter path: `/v1/portal/messages`.
    public static func conversations(portal path: String, _ talks: Conversations<P>) -> [Route<P>] {
        let desk = Desk(talks)
        return [
            .get(
                path,
                .reading { (plugin: P) in
                    { (asked: PortalInboxAsked, tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.portalInbox(asked, plugin, tx, call)
                    }
                }, needs: desk.reads(), "The messages of all threads that the caller takes part in, the newest first."),
            .post(
                path,
                .transactional { (plugin: P) in
                    { (new: PortalNewMessage, tx: borrowing Transaction, call: Call<Member>) throws in
                        try desk.portalSend(new, plugin, tx, call)
                    }
                }, needs: desk.writes(), limits: [Desk<P>.sending()], refuses: [ConversationRefusal.self],
                "Sends a message: a new thread, or an answer in one."),
            .get(
                "\(path)/{id}",
                .reading { (plugin: P) in
                    { (named: MessageNamed, tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.portalMessage(named.id, plugin, tx, call)
                    }
                }, needs: desk.reads(), "One message, whole, with who has read it."),
            .post(
                "\(path)/{id}/read",
                .transactional { (plugin: P) in
                    { (named: MessageNamed, tx: borrowing Transaction, call: Call<Member>) throws in
                        try desk.portalRead(named.id, plugin, tx, call)
                    }
                }, needs: desk.reads(), status: 200,
                "Marks a message as read, with all before it in its thread."),
            .get(
                "\(path)/threads/{threadId}",
                .reading { (plugin: P) in
                    { (asked: PortalThreadAsked, tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.portalThread(asked, plugin, tx, call)
                    }
                }, needs: desk.reads(), "One thread with its messages, the oldest first."),
        ]
            + [(word: "archive", isShelved: true), (word: "unarchive", isShelved: false)].map { act in
                .post(
                    "\(path)/threads/{threadId}/\(act.word)",
                    .transactional { (plugin: P) in
                        {
                            (named: PortalThreadNamed, tx: borrowing Transaction, call: Call<Member>) throws
                                -> NoContent in
                            try desk.shelve(named.threadId, act.isShelved, plugin, tx, call)
                        }
                    }, needs: desk.reads(), status: 200,
                    act.isShelved
                        ? "Puts a thread away for the caller; the next message brings it back."
                        : "Brings a thread back.")
            }
    }
}
