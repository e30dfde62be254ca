internal import PluginAPI

/// The forms of a customer's page of a case; each does what the JSON route of its name does.
extension MedicalOpinion {
    func submitByForm(_ sent: CaseFormSent, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SeeOther {
        _ = try submitCase(CaseNamed(caseNumber: sent.caseNumber), tx, call)
        return Self.done(.sent, sent.caseNumber)
    }

    func writeByForm(_ sent: MessageFormSent, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SeeOther {
        guard let row = try tx.secondOpinion(sent.caseNumber) else { throw Problem.notFound }
        guard row.state != .draft else { throw CaseAct.refusal(in: row.state) }
        guard row.person == call.caller.id else { throw Problem.forbidden }
        try say(sent.message, nil, .normal, in: row, by: call.caller.id, on: .customer, tx)
        return Self.done(.written, row.number)
    }

    func rateByForm(_ sent: RatingFormSent, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SeeOther {
        _ = try rate(NewRating(caseNumber: sent.caseNumber, rating: sent.rating, comment: sent.comment), tx, call)
        return Self.done(.rated, sent.caseNumber)
    }

    func askFurtherByForm(
        _ sent: MessageFormSent, _ tx: borrowing Transaction, _ call: Call<Member>
    ) throws -> SeeOther {
        _ = try askFurther(NewFollowUp(caseNumber: sent.caseNumber, message: sent.message), tx, call)
        return Self.done(.asked, sent.caseNumber)
    }

    func closeByForm(_ sent: CaseFormSent, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SeeOther {
        _ = try closeCase(CaseNamed(caseNumber: sent.caseNumber), tx, call)
        return Self.done(.closed, sent.caseNumber)
    }

    func withdrawByForm(_ sent: CaseFormSent, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> SeeOther {
        _ = try withdrawCase(CaseNamed(caseNumber: sent.caseNumber), tx, call)
        return Self.done(.withdrawn, sent.caseNumber)
    }

    private static func done(_ done: CaseDone, _ number: String) -> SeeOther {
        SeeOther("\(casesPath)/\(number)?done=\(done.rawValue)")
    }
}

/// A form with nothing to fill in but that it is meant.
struct CaseFormSent: NamesCase {
    let caseNumber: String
    let confirmed: Confirmation
    enum Confirmation: String, CaseIterable, Sendable { case yes }
    static let schema = Schema<CaseFormSent>.object(
        CaseFormSent.init(caseNumber:confirmed:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("confirmed", \.confirmed, .oneOf, in: .form))
}

/// The form of a message.
struct MessageFormSent: NamesCase {
    let caseNumber: String
    let message: String
    static let schema = Schema<MessageFormSent>.object(
        MessageFormSent.init(caseNumber:message:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("message", \.message, .string(1...10_000), in: .form))
}

/// The form of a rating.
struct RatingFormSent: NamesCase {
    let caseNumber: String
    let rating: Int
    let comment: String?
    static let schema = Schema<RatingFormSent>.object(
        RatingFormSent.init(caseNumber:rating:comment:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("rating", \.rating, .int(1...5), in: .form),
        Field("comment", \.comment, .optional(.string(0...5000)), in: .form))
}
