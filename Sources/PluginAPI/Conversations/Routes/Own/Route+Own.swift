extension Route {
    /// People's own conversations, whatever they are about: lists, messages, answers, what was read and put away. Notes of
    /// the staff are in none of it.
    ///
    /// - Parameters:
    ///   - path: `/notes/conversations`.
    ///   - canBegin: whether customers begin conversations here.
    public static func conversations(
        at path: String, _ talks: Conversations<P>, canBegin: Bool = true
    ) -> [Route<P>] {
        let desk = Desk(talks)
        let beginning: [Route<P>] =
            canBegin
            ? [
                .post(
                    path,
                    .transactional { (plugin: P) in
                        { (new: ConversationBegun, tx: borrowing Transaction, call: Call<Member>) throws in
                            try desk.begin(new, plugin, tx, call)
                        }
                    }, needs: desk.writes(), limits: [Desk<P>.beginning()], refuses: [ConversationRefusal.self],
                    "Begins a conversation with its first message.")
            ] : []
        return beginning + reading(path, desk) + acting(path, desk)
    }

    private static func reading(_ path: String, _ desk: Desk<P>) -> [Route<P>] {
        [
            .get(
                path,
                .reading { (plugin: P) in
                    { (asked: ConversationsAsked, tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.list(asked, plugin, tx, call)
                    }
                }, needs: desk.reads(), "The conversations that the caller takes part in, the last changed first."),
            .get(
                "\(path)/unread",
                .reading { (_: P) in
                    { (tx: borrowing ReadTransaction, call: Call<Member>) throws in try desk.unread(tx, call) }
                }, needs: desk.reads(), "How many messages the caller has not read."),
            .get(
                "\(path)/{id}",
                .reading { (plugin: P) in
                    { (named: ConversationNamed, tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.get(named.id, plugin, tx, call)
                    }
                }, needs: desk.reads(), "One conversation."),
            .get(
                "\(path)/{id}/messages",
                .reading { (plugin: P) in
                    { (asked: MessagesAsked, tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.messages(asked, plugin, tx, call)
                    }
                }, needs: desk.reads(), "The messages of a conversation, the newest first."),
        ]
    }

    private static func acting(_ path: String, _ desk: Desk<P>) -> [Route<P>] {
        [
            .post(
                "\(path)/{id}/messages",
                .transactional { (plugin: P) in
                    { (new: ConversationReply, tx: borrowing Transaction, call: Call<Member>) throws in
                        try desk.reply(new, plugin, tx, call)
                    }
                }, needs: desk.writes(), limits: [Desk<P>.sending()], refuses: [ConversationRefusal.self],
                "Sends a message."),
            .post(
                "\(path)/{id}/read",
                .transactional { (plugin: P) in
                    { (named: ConversationNamed, tx: borrowing Transaction, call: Call<Member>) throws in
                        try desk.read(named.id, plugin, tx, call)
                    }
                }, needs: desk.reads(), status: 200, "Marks all messages of a conversation as read."),
        ]
            + [(word: "archive", isShelved: true), (word: "unarchive", isShelved: false)].map { act in
                .post(
                    "\(path)/{id}/\(act.word)",
                    .transactional { (plugin: P) in
                        {
                            (named: ConversationNamed, tx: borrowing Transaction, call: Call<Member>) throws
                                -> NoContent in
                            try desk.shelve(named.id, act.isShelved, plugin, tx, call)
                        }
                    }, needs: desk.reads(), status: 200,
                    act.isShelved
                        ? "Puts a conversation away for the caller; the next message brings it back."
                        : "Brings a conversation back.")
            }
    }

    /// A customer's chat with the team, as one thread without end (seed 001): the first message begins it.
    ///
    /// - Parameter path: `/api/customer/messages`.
    public static func conversations(chat path: String, _ talks: Conversations<P>) -> [Route<P>] {
        let desk = Desk(talks)
        return [
            .get(
                path,
                .reading { (plugin: P) in
                    { (asked: ChatAsked, tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.chatMessages(asked, plugin, tx, call)
                    }
                }, needs: desk.reads(), "The caller's chat with the team, the newest message first."),
            .post(
                path,
                .transactional { (plugin: P) in
                    { (new: ChatMessage, tx: borrowing Transaction, call: Call<Member>) throws in
                        try desk.chatSend(new, plugin, tx, call)
                    }
                }, needs: desk.writes(), limits: [Desk<P>.sending()], refuses: [ConversationRefusal.self],
                "Writes to the team."),
            .post(
                "\(path)/read",
                .transactional { (plugin: P) in
                    { (tx: borrowing Transaction, call: Call<Member>) throws in try desk.chatRead(plugin, tx, call) }
                }, needs: desk.reads(), status: 200, "Marks all messages of the chat as read."),
            .get(
                "\(path)/unread",
                .reading { (_: P) in
                    { (tx: borrowing ReadTransaction, call: Call<Member>) throws in try desk.unread(tx, call) }
                }, needs: desk.reads(), "How many messages the caller has not read."),
        ]
    }
}
