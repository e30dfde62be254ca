internal import PluginAPI

extension MedicalOpinion {
    /// `GET /v1/portal/communications/history` (seed 000 §6.3)
    func communications(_ asked: CommunicationsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Paged<CommunicationHistory>
    {
        let person = call.caller.id
        let filter = CommunicationFilter(
            channel: asked.channel, from: try bound(asked.dateFrom, "dateFrom", isEnd: false),
            to: try bound(asked.dateTo, "dateTo", isEnd: true), type: asked.type)
        let found = try tx.communications(of: person, filter, page: asked.page, limit: asked.limit)
        let summary = try tx.communicationSummary(of: person, filter)
        let numbers = PageNumbers(page: asked.page, limit: asked.limit, total: found.total)
        return Paged(
            whole: CommunicationHistory(
                communications: found.items.map { SentMessage($0, of: person) },
                analytics: CommunicationAnalytics(summary), pagination: PageShown(numbers)), numbers: numbers)
    }

    /// A bound as a query gives it: a moment, or a day of the tenant's calendar, which as an end is in it as a whole.
    private func bound(_ text: String?, _ field: String, isEnd: Bool) throws -> Instant? {
        guard let text else { return nil }
        if let day = Day(iso8601: text) { return services.tenant.zone.startOfDay(isEnd ? day + 1 : day) }
        guard let moment = Instant(inQuery: text) else {
            throw Problem.invalid(field, .format, "must be a day such as 2025-08-28, or a date and time")
        }
        return moment
    }
}

struct CommunicationsAsked: Described {
    let channel: DeliveryChannel?
    let dateFrom: String?
    let dateTo: String?
    let type: String?
    let page: Int
    let limit: Int

    static let schema = Schema<CommunicationsAsked>.object(
        CommunicationsAsked.init(channel:dateFrom:dateTo:type:page:limit:),
        Field("channel", \.channel, .optional(DeliveryChannel.schema), in: .query),
        Field("dateFrom", \.dateFrom, .optional(.string(1...40)), in: .query),
        Field("dateTo", \.dateTo, .optional(.string(1...40)), in: .query),
        Field("type", \.type, .optional(.string(1...100)), in: .query),
        Field("page", \.page, .int(1...1_000_000), in: .query, default: 1),
        Field("limit", \.limit, .int(1...100), in: .query, default: 20))
}

struct CommunicationHistory: Described {
    let communications: [SentMessage]
    let analytics: CommunicationAnalytics
    let pagination: PageShown
    static let schema = Schema<CommunicationHistory>.object(
        CommunicationHistory.init(communications:analytics:pagination:),
        Field("communications", \.communications, .list(SentMessage.schema)),
        Field("analytics", \.analytics, CommunicationAnalytics.schema),
        Field("pagination", \.pagination, PageShown.schema))
}

/// One message on one channel (seed 000 §6.3, §8.4).
struct SentMessage: Described {
    let id: String
    let customerId: PersonID
    let type: String
    let channel: DeliveryChannel
    let status: Communication.Status
    let sentAt: Instant
    let deliveredAt: Instant?
    let openedAt: Instant?
    let clickedAt: Instant?
    let subject: String
    let content: String
    let caseNumber: String?
    let metadata: JSON

    init(_ sent: Communication, of person: PersonID) {
        let number = sent.about.kind == CaseNumber.subjectKind ? sent.about.id : nil
        var metadata: JSON.Members = [
            "templateId": .string(sent.type),
            "personalization": .object(
                sent.values.sorted { $0.key < $1.key }.reduce(into: JSON.Members()) { $0[$1.key] = .string($1.value) }),
        ]
        if let number { metadata["caseNumber"] = .string(number) }
        self.init(
            id: sent.id, customerId: person, type: sent.type, channel: sent.channel, status: sent.status,
            sentAt: sent.sentAt, deliveredAt: sent.deliveredAt, openedAt: sent.openedAt, clickedAt: sent.clickedAt,
            subject: sent.subject, content: sent.content, caseNumber: number, metadata: .object(metadata))
    }

    private init(
        id: String, customerId: PersonID, type: String, channel: DeliveryChannel, status: Communication.Status,
        sentAt: Instant, deliveredAt: Instant?, openedAt: Instant?, clickedAt: Instant?, subject: String,
        content: String, caseNumber: String?, metadata: JSON
    ) {
        self.id = id
        self.customerId = customerId
        self.type = type
        self.channel = channel
        self.status = status
        self.sentAt = sentAt
        self.deliveredAt = deliveredAt
        self.openedAt = openedAt
        self.clickedAt = clickedAt
        self.subject = subject
        self.content = content
        self.caseNumber = caseNumber
        self.metadata = metadata
    }

    static let schema = Schema<SentMessage>.object(
        SentMessage.init(
            id:customerId:type:channel:status:sentAt:deliveredAt:openedAt:clickedAt:subject:content:caseNumber:
            metadata:),
        Field("id", \.id, .string(1...64)), Field("customerId", \.customerId, PersonID.schema),
        Field("type", \.type, .string(1...100)), Field("channel", \.channel, DeliveryChannel.schema),
        Field("status", \.status, .oneOf), Field("sentAt", \.sentAt, Instant.schema),
        .leftOutWhenNil("deliveredAt", \.deliveredAt, .optional(Instant.schema)),
        .leftOutWhenNil("openedAt", \.openedAt, .optional(Instant.schema)),
        .leftOutWhenNil("clickedAt", \.clickedAt, .optional(Instant.schema)),
        Field("subject", \.subject, .string(0...1000)), Field("content", \.content, .string(0...100_000)),
        .leftOutWhenNil("caseNumber", \.caseNumber, .optional(.string(1...64))),
        Field("metadata", \.metadata, .openObject))
}

/// What the communications of a customer come to; a rate of nothing is null.
struct CommunicationAnalytics: Described {
    let totalSent: Int
    let totalDelivered: Int
    let totalOpened: Int
    let totalClicked: Int
    let averageOpenTime: String?
    let preferredChannel: DeliveryChannel?
    let engagement: Rates

    struct Rates: Described {
        let openRate: Double?
        let clickRate: Double?
        let responseRate: Double?
        static let schema = Schema<Rates>.object(
            Rates.init(openRate:clickRate:responseRate:), Field("openRate", \.openRate, .optional(.double(0...1e6))),
            Field("clickRate", \.clickRate, .optional(.double(0...1e6))),
            Field("responseRate", \.responseRate, .optional(.double(0...1e6))))
    }

    static let schema = Schema<CommunicationAnalytics>.object(
        CommunicationAnalytics.init(
            totalSent:totalDelivered:totalOpened:totalClicked:averageOpenTime:preferredChannel:engagement:),
        Field("totalSent", \.totalSent, .int(0...(1 << 53))),
        Field("totalDelivered", \.totalDelivered, .int(0...(1 << 53))),
        Field("totalOpened", \.totalOpened, .int(0...(1 << 53))),
        Field("totalClicked", \.totalClicked, .int(0...(1 << 53))),
        Field("averageOpenTime", \.averageOpenTime, .optional(.string(1...40)), note: "For people: 2 hours"),
        Field("preferredChannel", \.preferredChannel, .optional(DeliveryChannel.schema)),
        Field("engagement", \.engagement, Rates.schema))
}

extension CommunicationAnalytics {
    init(_ summary: CommunicationSummary) {
        func rounded(_ rate: Double?) -> Double? { rate.map { ($0 * 100).rounded() / 100 } }
        self.init(
            totalSent: summary.totalSent, totalDelivered: summary.totalDelivered, totalOpened: summary.totalOpened,
            totalClicked: summary.totalClicked, averageOpenTime: summary.averageOpenTime.map { Self.text($0) },
            preferredChannel: summary.preferredChannel,
            engagement: Rates(
                openRate: rounded(summary.openRate), clickRate: rounded(summary.clickRate),
                responseRate: rounded(summary.responseRate)))
    }

    /// In the largest unit of which there is at least one.
    private static func text(_ time: Duration) -> String {
        let seconds = time.components.seconds
        for (length, unit) in [(Int64(86_400), "day"), (3600, "hour"), (60, "minute")] where seconds >= length {
            let count = (seconds + length / 2) / length
            return "\(count) \(unit)\(count == 1 ? "" : "s")"
        }
        return "\(seconds) second\(seconds == 1 ? "" : "s")"
    }
}
