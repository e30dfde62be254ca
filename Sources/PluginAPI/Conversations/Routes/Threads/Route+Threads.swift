extension Route {
    /// Seed 003's threads and messages, for the bare dialect: ids are whole numbers, and so must those of cases be. Notes of
    /// the staff are in none of it.
    ///
    /// - Parameter path: `/api/portal/messages`.
    public static func conversations(threads path: String, _ talks: Conversations<P>) -> [Route<P>] {
        let desk = Desk(talks)
        return [
            .get(
                "\(path)/",
                .reading { (plugin: P) in
                    { (asked: ThreadsAsked, tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.threads(asked, plugin, tx, call)
                    }
                }, needs: desk.reads(), "The threads that the caller takes part in, the last changed first."),
            .post(
                "\(path)/",
                .transactional { (plugin: P) in
                    { (new: NewThread, tx: borrowing Transaction, call: Call<Member>) throws in
                        try desk.threadBegun(new, plugin, tx, call)
                    }
                }, needs: desk.writes(), limits: [Desk<P>.beginning()], refuses: [ConversationRefusal.self],
                "Begins a thread with its first message."),
            .get(
                "\(path)/{thread_id}/",
                .reading { (plugin: P) in
                    { (asked: ThreadAsked, tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.thread(asked, plugin, tx, call)
                    }
                }, needs: desk.reads(), "A thread with its messages."),
            .post(
                "\(path)/{thread_id}/",
                .transactional { (plugin: P) in
                    { (new: NewThreadMessage, tx: borrowing Transaction, call: Call<Member>) throws in
                        try desk.threadAnswered(new, plugin, tx, call)
                    }
                }, needs: desk.writes(), limits: [Desk<P>.sending()], refuses: [ConversationRefusal.self],
                "Sends a message."),
            .post(
                "\(path)/{thread_id}/read/",
                .transactional { (plugin: P) in
                    { (named: ThreadNamed, tx: borrowing Transaction, call: Call<Member>) throws in
                        try desk.threadRead(named.id, plugin, tx, call)
                    }
                }, needs: desk.reads(), status: 200, "Marks all messages of a thread as read."),
        ]
    }
}
