extension Route {
    /// The staff's inbox of a plugin's conversations: the queue of what nobody has taken, what waits longest first; taking,
    /// giving, closing; answers and notes that customers never see; canned replies.
    ///
    /// - Parameters:
    ///   - path: `/v1/messages`.
    ///   - snakeCase: names fields as the bare dialect does.
    ///   - canBegin: whether staff begin conversations here.
    public static func supportInbox(
        at path: String, _ talks: Conversations<P>, snakeCase: Bool = false, canBegin: Bool = true
    ) -> [Route<P>] {
        let desk = Desk(talks)
        if snakeCase {
            return inbox(
                path, desk, canBegin, { SnakeConversation(whole: $0) }, { SnakeEntry(whole: $0) },
                { SnakeParticipant(whole: $0) }, { SnakeReply(whole: $0) })
        }
        return inbox(path, desk, canBegin, { $0 }, { $0 }, { $0 }, { $0 })
    }

    private static func inbox<C: Described, E: Described, S: Described, R: Described>(
        _ path: String, _ desk: Desk<P>, _ canBegin: Bool, _ shown: @escaping @Sendable (InboxConversation) -> C,
        _ entry: @escaping @Sendable (InboxEntry) -> E,
        _ participant: @escaping @Sendable (InboxParticipant) -> S,
        _ reply: @escaping @Sendable (CannedReply) -> R
    ) -> [Route<P>] {
        inboxReads(path, desk, shown, entry, participant, reply) + inboxSends(path, desk, canBegin, shown, entry)
            + inboxActs(path, desk, shown)
    }

    private static func inboxReads<C: Described, E: Described, S: Described, R: Described>(
        _ path: String, _ desk: Desk<P>, _ shown: @escaping @Sendable (InboxConversation) -> C,
        _ entry: @escaping @Sendable (InboxEntry) -> E,
        _ participant: @escaping @Sendable (InboxParticipant) -> S,
        _ reply: @escaping @Sendable (CannedReply) -> R
    ) -> [Route<P>] {
        [
            .get(
                path,
                .reading { (plugin: P) in
                    { (asked: InboxAsked, tx: borrowing ReadTransaction, call: Call<Member>) throws -> Page<C> in
                        let page = try desk.inbox(asked, plugin, tx, call)
                        return Page(page.items.map(shown), page.numbers)
                    }
                }, needs: desk.reads(), "The conversations that the caller may see, those that wait longest first."),
            .get(
                "\(path)/summary",
                .reading { (_: P) in
                    { (tx: borrowing ReadTransaction, call: Call<Member>) throws in
                        try desk.inboxCounts(tx, call)
                    }
                }, needs: desk.reads(), "What there is to do."),
            .get(
                "\(path)/replies",
                .reading { (_: P) in
                    { (tx: borrowing ReadTransaction, call: Call<Member>) throws -> Page<R> in
                        guard call.reach?.isStaff == true else { throw Problem.notFound }
                        let replies = try tx.cannedReplies()
                        return Page(
                            replies.map(reply),
                            PageNumbers(page: 1, limit: max(1, replies.count), total: replies.count))
                    }
                }, needs: desk.writes(), "The canned replies."),
            .get(
                "\(path)/{id}",
                .reading { (plugin: P) in
                    { (named: ConversationNamed, tx: borrowing ReadTransaction, call: Call<Member>) throws -> C in
                        shown(try desk.inboxConversation(named.id, plugin, tx, call))
                    }
                }, needs: desk.object(desk.talks.read) { $0.id }, "One conversation."),
            .get(
                "\(path)/{id}/messages",
                .reading { (plugin: P) in
                    { (asked: MessagesAsked, tx: borrowing ReadTransaction, call: Call<Member>) throws -> Page<E> in
                        let page = try desk.inboxMessages(asked, plugin, tx, call)
                        return Page(page.items.map(entry), page.numbers)
                    }
                }, needs: desk.object(desk.talks.read) { $0.id },
                "The messages and notes of a conversation, the newest first."),
            .get(
                "\(path)/{id}/participants",
                .reading { (plugin: P) in
                    { (named: ConversationNamed, tx: borrowing ReadTransaction, call: Call<Member>) throws -> Page<S> in
                        let people = try desk.inboxParticipants(named.id, plugin, tx, call).map(participant)
                        return Page(people, PageNumbers(page: 1, limit: max(1, people.count), total: people.count))
                    }
                }, needs: desk.object(desk.talks.read) { $0.id }, "Who takes part in a conversation, and who has."),
        ]
    }

    private static func inboxSends<C: Described, E: Described>(
        _ path: String, _ desk: Desk<P>, _ canBegin: Bool, _ shown: @escaping @Sendable (InboxConversation) -> C,
        _ entry: @escaping @Sendable (InboxEntry) -> E
    ) -> [Route<P>] {
        let beginning: [Route<P>] =
            canBegin
            ? [
                .post(
                    path,
                    .transactional { (plugin: P) in
                        { (new: InboxBegun, tx: borrowing Transaction, call: Call<Member>) throws -> C in
                            shown(try desk.inboxBegin(new, plugin, tx, call))
                        }
                    }, needs: desk.writes(), limits: [Desk<P>.beginning()], refuses: [ConversationRefusal.self],
                    "Begins a conversation with a customer.")
            ] : []
        return beginning
            + [(word: "messages", isNote: false), (word: "notes", isNote: true)].map { kind in
                .post(
                    "\(path)/{id}/\(kind.word)",
                    .transactional { (plugin: P) in
                        { (new: InboxMessageSent, tx: borrowing Transaction, call: Call<Member>) throws -> E in
                            entry(try desk.inboxSend(new, isNote: kind.isNote, plugin, tx, call))
                        }
                    }, needs: desk.object(desk.talks.write) { $0.id }, limits: [Desk<P>.sending()],
                    refuses: [ConversationRefusal.self],
                    kind.isNote ? "Notes something that no customer is ever shown." : "Answers.")
            }
    }

    private static func inboxActs<C: Described>(
        _ path: String, _ desk: Desk<P>, _ shown: @escaping @Sendable (InboxConversation) -> C
    ) -> [Route<P>] {
        func act<I: Described>(
            _ word: String, _ summary: String, _ id: @escaping @Sendable (I) -> ConversationID,
            reading: Bool = false,
            _ act: @escaping @Sendable (I, Desk<P>.Found, borrowing Transaction) throws -> Void
        ) -> Route<P> {
            .post(
                "\(path)/{id}/\(word)",
                .transactional { (plugin: P) in
                    { (input: I, tx: borrowing Transaction, call: Call<Member>) throws -> C in
                        shown(
                            try desk.inboxAct(id(input), plugin, tx, call) { found, tx in try act(input, found, tx) })
                    }
                }, needs: desk.object(reading ? desk.talks.read : desk.talks.write, id), status: 200,
                refuses: [ConversationRefusal.self], summary)
        }
        func plain(
            _ word: String, _ summary: String, reading: Bool = false,
            _ does: @escaping @Sendable (Desk<P>.Found, borrowing Transaction) throws -> Void
        ) -> Route<P> {
            act(word, summary, { (named: ConversationNamed) in named.id }, reading: reading) { _, found, tx in
                try does(found, tx)
            }
        }
        return [
            plain("take", "Takes a conversation that nobody has.") { try desk.take($0, $1) },
            plain("release", "Gives a conversation back to the queue.") { found, tx in
                try tx.assign(found.conversation.id, to: nil)
            },
            act("assign", "Gives a conversation to somebody of the staff.", { (new: InboxAssigned) in new.id }) {
                try desk.assign($1, to: $0.assignee, $2)
            },
            act("priority", "Says how much a conversation matters.", { (new: InboxPriority) in new.id }) {
                try $2.set(priority: $0.priority, of: $0.id)
            },
            plain("close", "Closes a conversation; the next message opens it again.") {
                try $1.set(state: .closed, of: $0.conversation.id)
            },
            plain("reopen", "Opens a conversation again.") { try $1.set(state: .open, of: $0.conversation.id) },
            plain("archive", "Ends a conversation for good: nobody writes in it any more.") {
                try $1.set(state: .archived, of: $0.conversation.id)
            },
            plain("read", "Marks all messages of a conversation as read by the caller.", reading: true) {
                try $1.markRead($0.conversation.id, by: $0.person)
            },
            act("participants", "Lets somebody take part.", { (new: InboxJoined) in new.id }) {
                try desk.join($0, $1, $2)
            },
            .delete(
                "\(path)/{id}/participants/{person}",
                .transactional { (plugin: P) in
                    { (left: InboxLeft, tx: borrowing Transaction, call: Call<Member>) throws -> C in
                        shown(
                            try desk.inboxAct(left.id, plugin, tx, call) { _, tx in try tx.leave(left.person, left.id) }
                        )
                    }
                }, needs: desk.object(desk.talks.write) { $0.id }, "Lets somebody take part no more, at once."),
        ]
    }
}
