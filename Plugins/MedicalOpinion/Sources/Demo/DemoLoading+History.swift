internal import PluginAPI

extension MedicalOpinion {
    /// Lets a customer's past happen, by the same acts as in earnest; nobody is told of it.
    func load(_ history: DemoHistory, _ tx: borrowing Transaction) throws {
        guard let person = try tx.person(withEmail: history.email)?.id else { return }
        var numbers: [String] = []
        for act in history.acts {
            let moment = tx.now - .seconds(act.daysAgo * 86_400 - act.minute * 60)
            try tx.past(moment) { tx in try perform(act, of: person, &numbers, tx) }
        }
    }

    private func perform(
        _ act: DemoAct, of person: PersonID, _ numbers: inout [String], _ tx: borrowing Transaction
    ) throws {
        switch act.what {
        case .profile: _ = try changeProfile(of: person, by: person, act.required(act.profile, "profile"), tx)
        case .device:
            let new = DeviceRegistration(
                platform: .ios, deviceToken: "demo", deviceId: try act.required(act.text, "text"))
            _ = try tx.register(new, of: person)
            try happen(.deviceRegistered, ["platform": .string(new.platform.rawValue)], person, nil, tx)
        case .article:
            guard let article = library.article("content_\(try act.required(act.text, "text"))") else { return }
            try noteReading(article, by: person, in: tx)
        case .send:
            let new = try act.required(act.newCase, "send")
            try enrolCustomer(person, tx)
            let draft = try tx.addDraft(
                new.content, settings.specialty(new.specialty) ?? new.specialty, new.urgency, of: person,
                region: settings.region, year: services.tenant.zone.day(at: tx.now).fields.year,
                language: services.tenant.language, rank: try tx.plan(of: person) == .premium ? 0 : 1)
            numbers.append(try move(draft, .submit, by: person, tx).number)
        default:
            let place = try act.required(act.number, "case")
            guard numbers.indices.contains(place - 1), let row = try tx.secondOpinion(numbers[place - 1]) else {
                throw Problem.invalid("case", .notAllowed, "must be one that was sent before")
            }
            try perform(act, on: row, tx)
        }
    }

    private func perform(_ act: DemoAct, on row: CaseRow, _ tx: borrowing Transaction) throws {
        let customer = row.person
        switch act.what {
        case .triage: _ = try move(row, .triage, by: staff(act, tx), tx)
        case .ask:
            let text = try act.required(act.text, "text")
            let asked = try move(
                row, .requestInformation, by: staff(act, tx),
                columns: ["info_request = \(Sealed(CaseText(text)))"], tx)
            try write(text, in: asked, by: try staff(act, tx), on: .staff, tx)
        case .answer:
            try write(act.required(act.text, "text"), in: row, by: customer, on: .customer, tx)
            guard let written = try tx.secondOpinion(row.number) else { throw Problem.notFound }
            _ = try move(written, .provideInformation, by: customer, tx)
        case .assign:
            guard let expert = try tx.person(withEmail: act.required(act.expert, "expert"))?.id else {
                throw Problem.invalid("expert", .notAllowed, "must be the address of an account")
            }
            _ = try move(row, .assign, by: staff(act, tx), columns: ["expert_id = \(expert)"], tx)
        case .review: _ = try move(row, .review, by: row.expert, tx)
        case .message: try write(act.required(act.text, "text"), in: row, by: customer, on: .customer, tx)
        case .reply: try write(act.required(act.text, "text"), in: row, by: try staff(act, tx), on: .staff, tx)
        case .readMessages: try readMessages(of: row, tx)
        case .deliver:
            let content = try act.required(act.opinion, "opinion")
            _ = try sign(
                OpinionWritten(
                    caseNumber: row.number, text: content.text, summary: content.summary, findings: content.findings,
                    recommendations: content.recommendations, attachments: []), row,
                by: act.required(row.expert, "expert"), tx)
        case .readOpinion: try noteOpinionRead(row, by: customer, tx)
        case .rate:
            let rating = try act.required(act.rating, "rating")
            try rate(row, NewRating(caseNumber: row.number, rating: rating, comment: act.text), tx)
        case .close: _ = try move(row, .close, by: customer, tx)
        case .withdraw: _ = try move(row, .withdraw, by: customer, tx)
        case .pay:
            let payment = NewPayment(
                id: customer, amountMinor: try act.required(act.amountMinor, "amountMinor"),
                currency: settings.currency, caseNumber: row.number, reference: "Invoice \(row.number)")
            _ = try record(payment, by: staff(act, tx), at: tx.now, tx)
        case .profile, .device, .article, .send: break
        }
    }

    private func staff(_ act: DemoAct, _ tx: borrowing Transaction) throws -> PersonID {
        guard let person = try tx.person(withEmail: act.required(act.by, "by"))?.id else {
            throw Problem.invalid("by", .notAllowed, "must be the address of an account")
        }
        return person
    }

    /// Writes about a case. What listeners would note of it is noted here: in a past there are none.
    private func write(
        _ text: String, in row: CaseRow, by person: PersonID, on side: Conversation.Side, _ tx: borrowing Transaction
    ) throws {
        if side == .customer { try readMessages(of: row, tx) }
        try say(text, nil, .normal, in: row, by: person, on: side, tx)
        try happen(side == .customer ? .messageSent : .messageReceived, [:], row.person, row.number, tx)
    }

    private func readMessages(of row: CaseRow, _ tx: borrowing Transaction) throws {
        guard let kept = row.conversation else { return }
        let id = ConversationID(rawValue: kept)
        let unread = try tx.reading { try $0.participant(row.person, of: id)?.unread } ?? 0
        try tx.markRead(id, by: row.person)
        for _ in 0..<unread { try happen(.messageRead, [:], row.person, row.number, tx) }
    }

    private func happen(
        _ kind: LifecycleEvent.Kind, _ details: JSON, _ person: PersonID, _ number: String?,
        _ tx: borrowing Transaction
    ) throws {
        try lifecycle.record(LifecycleEvent(kind, details), of: person, case: number, at: tx.now, in: tx)
    }
}
