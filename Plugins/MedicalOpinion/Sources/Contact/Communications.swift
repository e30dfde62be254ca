internal import PluginAPI

extension MedicalOpinion {
    /// `GET /v1/portal/communications/history` (seed 000 §6.3)
    func communications(_ asked: CommunicationsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Paged<CommunicationHistory>
    {
        let person = call.caller.id
        let zone = services.tenant.zone
        let filter = CommunicationFilter(
            channel: asked.channel, from: asked.dateFrom?.start(in: zone), to: asked.dateTo?.end(in: zone),
            type: asked.type)
        let found = try tx.communications(of: person, filter, page: asked.page, limit: asked.limit)
        let summary = try tx.communicationSummary(of: person, filter)
        let numbers = PageNumbers(page: asked.page, limit: asked.limit, total: found.total)
        return Paged(
            whole: CommunicationHistory(
                communications: found.items.map { SentMessage($0, of: person) },
                analytics: CommunicationAnalytics(summary), pagination: PageShown(numbers)), numbers: numbers)
    }
}

/// The input of `GET /v1/portal/communications/history`.
struct CommunicationsAsked: Described {
    let channel: DeliveryChannel?
    let dateFrom: Moment?
    let dateTo: Moment?
    let type: String?
    let page: Int
    let limit: Int

    static let schema = Schema<CommunicationsAsked>.object(
        CommunicationsAsked.init(channel:dateFrom:dateTo:type:page:limit:),
        Field("channel", \.channel, .optional(DeliveryChannel.schema), in: .query),
        Field("dateFrom", \.dateFrom, .optional(Moment.schema), in: .query),
        Field("dateTo", \.dateTo, .optional(Moment.schema), in: .query),
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
