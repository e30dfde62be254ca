internal import PluginAPI

/// What a customer was sent.
extension Appointments {
    /// `GET /api/customer/communications`
    func communications(_ asked: CommunicationsAsked, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws
        -> Page<SentMessage>
    {
        let zone = call.tenant.zone
        let filter = CommunicationFilter(
            channel: asked.channel, from: asked.from?.start(in: zone), to: asked.to?.end(in: zone), type: asked.type)
        let found = try tx.communications(of: call.caller.id, filter, page: asked.page, limit: asked.limit)
        return Page(
            found.items.map { SentMessage($0) },
            PageNumbers(page: asked.page, limit: asked.limit, total: found.total))
    }
}

/// The input of `GET /api/customer/communications`.
struct CommunicationsAsked: Described {
    let channel: DeliveryChannel?
    let type: String?
    let from: Moment?
    let to: Moment?
    let page: Int
    let limit: Int

    static let schema = Schema<CommunicationsAsked>.object(
        CommunicationsAsked.init(channel:type:from:to:page:limit:),
        Field("channel", \.channel, .optional(DeliveryChannel.schema), in: .query),
        Field(
            "type", \.type, .optional(.string(1...100)), in: .query,
            note: "A kind of message, such as appointment-reminder, or a category of them"),
        Field("from", \.from, .optional(Moment.schema), in: .query, note: "A time, or a day of the company's calendar"),
        Field("to", \.to, .optional(Moment.schema), in: .query, note: "A time, left out, or a day, included"),
        Field("page", \.page, Paging.number, in: .query, default: 1),
        Field("limit", \.limit, Paging.limit, in: .query, default: 20))
}

/// One message on one channel.
struct SentMessage: Described {
    let id: String
    let type: String
    let category: String
    let channel: DeliveryChannel
    let status: Communication.Status
    let subject: String
    let content: String
    /// The visit it is about.
    let appointmentId: String?
    let sentAt: Instant
    let deliveredAt: Instant?

    init(_ message: Communication) {
        self.init(
            id: message.id, type: message.type, category: message.category, channel: message.channel,
            status: message.status, subject: message.subject, content: message.content,
            appointmentId: message.about.kind == "appointment" ? message.about.id : nil, sentAt: message.sentAt,
            deliveredAt: message.deliveredAt)
    }

    private init(
        id: String, type: String, category: String, channel: DeliveryChannel, status: Communication.Status,
        subject: String, content: String, appointmentId: String?, sentAt: Instant, deliveredAt: Instant?
    ) {
        self.id = id
        self.type = type
        self.category = category
        self.channel = channel
        self.status = status
        self.subject = subject
        self.content = content
        self.appointmentId = appointmentId
        self.sentAt = sentAt
        self.deliveredAt = deliveredAt
    }

    static let schema = Schema<SentMessage>.object(
        SentMessage.init(
            id:type:category:channel:status:subject:content:appointmentId:sentAt:deliveredAt:),
        Field("id", \.id, .string(1...100)), Field("type", \.type, .string(1...100)),
        Field("category", \.category, .string(1...60)), Field("channel", \.channel, DeliveryChannel.schema),
        Field("status", \.status, .oneOf), Field("subject", \.subject, .string(0...10_000)),
        Field("content", \.content, .string(0...100_000)),
        Field("appointmentId", \.appointmentId, .optional(.string(0...1000)), note: "The visit it is about"),
        Field("sentAt", \.sentAt, Instant.schema), Field("deliveredAt", \.deliveredAt, .optional(Instant.schema)))
}
