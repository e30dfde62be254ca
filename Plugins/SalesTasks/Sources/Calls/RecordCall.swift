internal import PluginAPI

extension SalesTasks {
    /// `POST /representative/call-completion`
    func completeCall(_ new: CallCompletion, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> CallRecorded {
        // Whoever reaches everything may record for others; everybody else for themselves.
        guard call.reach == .tenant || new.salesId == call.caller.principal.person else { throw Problem.forbidden }
        let disposition = try new.callDetails.checked(now: call.now)
        let task = try tx.task(named: new.taskId)
        guard let work = try tx.work(of: new.customerId, in: task.id) else { throw Problem.notFound }
        if let known = try tx.known(new, work) {
            guard known.work == work.seq, known.startedAt == new.callDetails.startTime else {
                throw WorkRefusal.otherCall
            }
            return try tx.recorded(known)
        }
        try check(work, is: new.salesId)
        let recorded = try record(new, disposition, work, task, tx)
        try announce(recorded.callId, new, disposition, task, in: call.tenant, tx)
        return recorded
    }

    /// Keeps a call with everything that follows from it; nobody is told.
    func record(
        _ new: CallCompletion, _ disposition: Disposition, _ work: WorkRow, _ task: TaskRow, _ tx: borrowing Transaction
    ) throws -> CallRecorded {
        let facts = new.callDetails.facts(disposition, expected: task.metadata.expectedCallDuration)
        let followUp = followUp(new.callDetails, disposition, work)
        let customer: CustomerRow = try tx.one(CustomerRow.select + "WHERE c.seq = \(work.customer)")
        let id = try tx.add(new, facts, followUp, work)
        let actions = NextAction.following(
            facts, endedAt: new.callDetails.endTime, followUpAt: followUp, customer: customer.customer.name)
        try tx.add(actions, of: id, for: new.salesId)
        try move(work, after: facts, followUp, by: new.salesId, phone: customer.customer.phone, tx)
        try tx.add(CallSums(facts), of: new.salesId, at: new.callDetails.endTime)
        try tx.noteContact(with: work.customer, at: new.callDetails.endTime)
        return CallRecorded(
            callId: id, duration: Rounded.minutes(facts.milliseconds), nextActions: actions,
            performance: CallPerformance(facts))
    }

    /// Whether a call to a customer is a representative's to record: theirs by dealing or by lease, and in nobody else's
    /// hands. What ended while they called, their lease or the customer's consent, does not lose them the call.
    private func check(_ work: WorkRow, is rep: PersonID) throws {
        let held = work.leaseRep == rep
        if work.owner == nil, !held {
            throw work.state == .leased ? WorkRefusal.taken : WorkRefusal.leaseNeeded
        }
        guard held || work.owner == rep else { throw Problem.notFound }
        switch work.state {
        case .leased: guard held else { throw WorkRefusal.taken }
        case .queued, .callback: return
        case .suppressed: guard held else { throw WorkRefusal.forbidden }
        case .done, .exhausted: throw WorkRefusal.over
        case .importing: throw Problem.notFound
        }
    }

    /// When a customer is to be called again: at the agreed time, or some hours after the call, but not before they may be
    /// called; nil when no call was agreed on.
    private func followUp(_ details: CallDetails, _ disposition: Disposition, _ work: WorkRow) -> Instant? {
        guard disposition == .callback || details.nextFollowUpDate != nil else { return nil }
        let wanted = details.nextFollowUpDate ?? details.endTime + .seconds(settings.followUpHours * 3600)
        guard let place = CallingPlace(key: work.place) else { return wanted }
        return settings.window.opening(from: wanted, in: place) ?? wanted
    }

    /// Moves a customer on in the queue.
    private func move(
        _ work: WorkRow, after facts: CallFacts, _ followUp: Instant?, by rep: PersonID, phone: Phone,
        _ tx: borrowing Transaction
    ) throws {
        if facts.disposition == .doNotCall {
            try tx.forbidCalls(to: phone, because: "Asked not to be called", by: rep)
        }
        guard work.state != .suppressed else { return }
        let isLast = work.attempts + 1 >= settings.maximumAttempts
        switch facts.disposition {
        case .sale, .notInterested: try tx.close(work, as: .done)
        case .doNotCall: try tx.close(work, as: .suppressed)
        case .wrongNumber: try tx.suppress(customer: work.customer)
        case .callback: try tx.reopen(work, as: .callback, at: followUp ?? tx.now, attempts: 0, owner: rep)
        case .noAnswer, .busy, .voicemail, .unspecified:
            if isLast, followUp == nil { return try tx.close(work, as: .exhausted) }
            try tx.reopen(
                work, as: followUp == nil ? .queued : .callback,
                at: followUp ?? tx.now + .seconds(60 * retryMinutes(facts.disposition)), attempts: work.attempts + 1,
                owner: followUp == nil ? work.owner : rep)
        }
    }

    private func retryMinutes(_ disposition: Disposition) -> Int {
        switch disposition {
        case .busy: settings.busyRetryMinutes
        case .voicemail: settings.voicemailRetryMinutes
        default: settings.noAnswerRetryMinutes
        }
    }

    /// Tells of a call, and of the end of its task if that was the last customer.
    private func announce(
        _ id: String, _ new: CallCompletion, _ disposition: Disposition, _ task: TaskRow, in tenant: Tenant,
        _ tx: borrowing Transaction
    ) throws {
        try tx.audit(
            AuditEntry(
                "call.completed", on: Subject("call", id: id, assignees: [new.salesId]),
                details: [
                    "taskId": .string(task.id), "salesId": .string(new.salesId.rawValue),
                    "disposition": .string(disposition.rawValue),
                ]))
        let today = InstantRange(
            start: tenant.zone.startOfDay(tenant.zone.day(at: tx.now)), end: tx.now + .seconds(120))
        let sums = try today.map { range throws(StoreError) in try tx.sums(in: range, of: new.salesId) } ?? CallSums()
        try tx.publish(
            PerformanceUpdated(salesId: new.salesId, metrics: DayMetrics(sums)),
            about: Subject("representative", id: new.salesId.rawValue, assignees: [new.salesId]),
            to: .holders(of: .readDashboards))
        try completeIfOver(task, tx)
    }
}

extension CallDetails {
    fileprivate func facts(_ disposition: Disposition, expected: Double?) -> CallFacts {
        CallFacts(
            disposition: disposition, milliseconds: milliseconds, insights: customerInsights, notes: notes,
            sentiment: sentiment, audio: audioQuality, rating: customerFeedback?.rating, issues: recordedIssues,
            expectedMinutes: expected)
    }
}

extension DayMetrics {
    init(_ sums: CallSums) {
        self.init(
            callsToday: sums.calls, successRate: Rounded.percent(sums.successes, of: sums.calls),
            averageCallDuration: sums.calls == 0 ? 0 : Rounded.minutes(sums.milliseconds / sums.calls))
    }
}
