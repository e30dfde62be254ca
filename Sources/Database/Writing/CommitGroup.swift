internal import StoreAPI
internal import Synchronization

/// One transaction for many callers: each member in its own savepoint, answered only after the COMMIT.
///
/// If the group is lost (an interrupt, a full disk, an I/O error, a failed COMMIT, a hook that throws), every member
/// is run again alone, once.
struct CommitGroup {
    let file: DatabaseFile
    let connection: Connection
    let hook: GroupHook?

    /// A member that ran, not answered yet.
    private struct Ran {
        let member: any WriteMember
        /// Nil for a member that succeeded.
        let error: (any Error)?
        let notes: [any Sendable]
        let commitActions: [@Sendable () -> Void]
        let changes: Int
    }

    /// Takes members from `next` until there are none, the group is full or its time is up, and answers them all.
    func run(_ next: () -> (any WriteMember)?) {
        var members: [any WriteMember] = []
        var ran: [Ran] = []
        do {
            try connection.run(.beginImmediate)
            let end = MonotonicClock.now() + file.configuration.groupTime.nanoseconds
            while members.count < file.configuration.groupSize, let member = next() {
                members.append(member)
                ran.append(try attempt(member))
                if MonotonicClock.now() >= end { break }
            }
            try commit(ran)
        } catch {
            rollBack()
            // The first BEGIN may have failed before any member was taken.
            if members.isEmpty, let member = next() { members.append(member) }
            file.counters.groupsLost.add(1, ordering: .relaxed)
            for member in members { runAlone(member) }
            return
        }
        file.counters.groups.add(1, ordering: .relaxed)
        answer(ran)
    }

    /// Runs a member inside its savepoint.
    ///
    /// - Throws: when the group is lost with it.
    private func attempt(_ member: any WriteMember) throws -> Ran {
        try connection.run(.beginMember)
        let ran = try file.configuration.rehearsal.map { try rehearse(member, $0) } ?? execute(member)
        if connection.isIdle { throw ran.error ?? StoreError(.misuse, "the group's transaction has ended") }
        if ran.error != nil { try connection.run(.rollBackMember) }
        try connection.run(.endMember)
        return ran
    }

    /// Runs a member twice, the first time in vain, and tells what both runs came to.
    ///
    /// - Throws: when the group is lost with the first run.
    private func rehearse(_ member: any WriteMember, _ tell: (Rehearsal) -> Void) throws -> Ran {
        let first = execute(member)
        let firstRun = Rehearsal.Run(
            outcome: first.error == nil ? member.outcome : nil, error: first.error, changes: first.changes)
        if connection.isIdle { throw first.error ?? StoreError(.misuse, "the group's transaction has ended") }
        try connection.run(.rollBackMember)
        let second = execute(member)
        tell(
            Rehearsal(
                owner: member.owner, first: firstRun,
                second: .init(
                    outcome: second.error == nil ? member.outcome : nil, error: second.error, changes: second.changes)))
        return second
    }

    /// Runs a member's closure under its limits.
    private func execute(_ member: any WriteMember) -> Ran {
        let session = WriteSession(owner: member.owner, connection: connection, budget: member.budget)
        connection.lastInsertedRowID = 0
        connection.timeLimit.set(MonotonicClock.now() + file.configuration.writeTimeLimit.nanoseconds)
        defer {
            if connection.timeLimit.hasFired { file.counters.interruptions.add(1, ordering: .relaxed) }
            connection.timeLimit.set(nil)
            session.end()
        }
        do {
            try member.attempt(session)
            if let fault = session.fault { throw fault }
            if connection.hasOpenForeignKeys {
                throw StoreError(.constraint("FOREIGN KEY"), "rows point to rows that do not exist")
            }
            return Ran(
                member: member, error: nil, notes: session.notes, commitActions: session.commitActions,
                changes: session.changes)
        } catch {
            return Ran(member: member, error: error, notes: [], commitActions: [], changes: session.changes)
        }
    }

    private func commit(_ ran: [Ran]) throws {
        if let hook {
            let notes = ran.flatMap(\.notes)
            if !notes.isEmpty { try hook(notes) }
        }
        try connection.run(.commit)
        file.noteCommit()
    }

    /// Runs one member in a transaction of its own and answers it.
    private func runAlone(_ member: any WriteMember) {
        do {
            try connection.run(.beginImmediate)
            let ran = execute(member)
            if let error = ran.error { throw error }
            if connection.isIdle { throw StoreError(.misuse, "the transaction has ended") }
            try commit([ran])
            file.counters.groups.add(1, ordering: .relaxed)
            answer([ran])
        } catch {
            rollBack()
            member.fail(error)
        }
    }

    private func answer(_ ran: [Ran]) {
        for each in ran { for action in each.commitActions { action() } }
        for each in ran {
            if let error = each.error {
                each.member.fail(error)
            } else {
                file.counters.writes.add(1, ordering: .relaxed)
                each.member.succeed()
            }
        }
    }

    /// Ends whatever transaction is left; a connection that stays in one is closed by the writer.
    private func rollBack() {
        guard !connection.isIdle else { return }
        do { try connection.run(.rollBack) } catch {}
    }
}
