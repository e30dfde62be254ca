internal import PluginAPI

/// The input of `POST /representative/call-completion` (seed 004).
struct CallCompletion: Described {
    let taskId: String
    let salesId: PersonID
    let customerId: String
    let clientCallId: String?
    let callDetails: CallDetails

    static let schema = Schema<CallCompletion>.object(
        CallCompletion.init(taskId:salesId:customerId:clientCallId:callDetails:), Field("taskId", \.taskId, .id),
        Field("salesId", \.salesId, PersonID.schema), Field("customerId", \.customerId, .id),
        Field(
            "clientCallId", \.clientCallId, .optional(.string(1...100)),
            note: "The client's own id of the call: the same again is the same call"),
        Field("callDetails", \.callDetails, CallDetails.schema))
}

/// What is recorded of a call (seed 004).
struct CallDetails: Described {
    let startTime: Instant
    let endTime: Instant
    /// Minutes.
    let duration: Double
    let customerInsights: String
    let sentiment: Sentiment?
    let outcome: Outcome?
    let disposition: Disposition?
    let nextFollowUpDate: Instant?
    let notes: String?
    let recordedIssues: [RecordedIssue]
    let audioQuality: AudioQuality?
    let customerFeedback: CustomerFeedback?

    static let schema = Schema<CallDetails>.object(
        CallDetails.init(
            startTime:endTime:duration:customerInsights:sentiment:outcome:disposition:nextFollowUpDate:notes:
            recordedIssues:audioQuality:customerFeedback:),
        Field("startTime", \.startTime, Instant.schema), Field("endTime", \.endTime, Instant.schema),
        Field(
            "duration", \.duration, .double(0...1500), note: "In minutes; agrees with the times within a minute"),
        Field("customerInsights", \.customerInsights, .string(1...4000)),
        Field("sentiment", \.sentiment, .optional(.oneOf)), Field("outcome", \.outcome, .optional(.oneOf)),
        Field(
            "disposition", \.disposition, .optional(.oneOf),
            note: "Finer than the outcome; without one it follows from that"),
        Field("nextFollowUpDate", \.nextFollowUpDate, .optional(Instant.schema)),
        Field("notes", \.notes, .optional(.string(0...4000))),
        Field("recordedIssues", \.recordedIssues, .list(RecordedIssue.schema, 0...50), default: []),
        Field("audioQuality", \.audioQuality, .optional(.oneOf)),
        Field("customerFeedback", \.customerFeedback, .optional(CustomerFeedback.schema)))

    /// Real time from start to end.
    var milliseconds: Int { Int((endTime.microseconds - startTime.microseconds) / 1000) }

    /// Clocks of clients are not the server's: so far ahead they may be.
    private static let skew = Duration.seconds(60)

    /// What it comes to.
    ///
    /// - Throws: ``Problem`` with everything that contradicts itself.
    func checked(now: Instant) throws(Problem) -> Disposition {
        var mistakes: [Mistake] = []
        func mistake(_ field: String, _ code: Mistake.Code, _ message: String) {
            mistakes.append(Mistake([.name("callDetails"), .name(field)], code, message))
        }
        let length = endTime - startTime
        if length < .zero { mistake("endTime", .range, "must not be before startTime") }
        if length > .seconds(86_400) { mistake("endTime", .range, "must be within a day of startTime") }
        if endTime > now + Self.skew { mistake("endTime", .range, "must not be in the future") }
        if length >= .zero, abs(duration * 60_000 - Double(milliseconds)) > 60_000 {
            mistake("duration", .range, "must agree with startTime and endTime within a minute")
        }
        let disposition = Disposition.of(outcome, disposition)
        if disposition == nil { mistake("disposition", .notAllowed, "contradicts outcome") }
        if let followUp = nextFollowUpDate, followUp <= endTime {
            mistake("nextFollowUpDate", .range, "must be after the call")
        }
        guard mistakes.isEmpty, let disposition else { throw .invalid(mistakes) }
        return disposition
    }
}
