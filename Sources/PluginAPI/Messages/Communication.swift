/// One message that a person was sent, on one channel (seed 000 §6.3, §8.4).
public struct Communication: Sendable, Equatable {
    /// What became of it, as far as is known.
    public enum Status: String, Sendable, CaseIterable { case sent, delivered, opened, clicked, failed }

    public let id: String
    /// The name of the ``NoticeType``.
    public let type: String
    public let category: String
    public let channel: DeliveryChannel
    public let status: Status
    public let sentAt: Instant
    public let deliveredAt: Instant?
    public let openedAt: Instant?
    public let clickedAt: Instant?
    /// Empty where the channel has none.
    public let subject: String
    public let content: String
    /// What it is about.
    public let about: Subject
    /// The values that its text was filled with.
    public let values: [String: String]

    public init(
        id: String, type: String, category: String, channel: DeliveryChannel, status: Status, sentAt: Instant,
        deliveredAt: Instant?, openedAt: Instant?, clickedAt: Instant?, subject: String, content: String,
        about: Subject, values: [String: String]
    ) {
        self.id = id
        self.type = type
        self.category = category
        self.channel = channel
        self.status = status
        self.sentAt = sentAt
        self.deliveredAt = deliveredAt
        self.openedAt = openedAt
        self.clickedAt = clickedAt
        self.subject = subject
        self.content = content
        self.about = about
        self.values = values
    }
}

/// Which communications are asked for.
public struct CommunicationFilter: Sendable {
    public var channel: DeliveryChannel?
    /// From this moment on.
    public var from: Instant?
    /// Before this moment.
    public var to: Instant?
    /// The name of a type or of a category.
    public var type: String?

    public init(
        channel: DeliveryChannel? = nil, from: Instant? = nil, to: Instant? = nil, type: String? = nil
    ) {
        self.channel = channel
        self.from = from
        self.to = to
        self.type = type
    }
}

/// What the communications of a person come to. Rates are between 0 and 1, and nil where there is nothing to divide by.
public struct CommunicationSummary: Sendable, Equatable {
    public let totalSent: Int
    public let totalDelivered: Int
    public let totalOpened: Int
    public let totalClicked: Int
    public let totalAnswered: Int
    /// From sending to opening, on the average.
    public let averageOpenTime: Duration?
    /// The channel with the highest share of opened messages; among equals the one with more.
    public let preferredChannel: DeliveryChannel?

    public init(
        totalSent: Int, totalDelivered: Int, totalOpened: Int, totalClicked: Int, totalAnswered: Int,
        averageOpenTime: Duration?, preferredChannel: DeliveryChannel?
    ) {
        self.totalSent = totalSent
        self.totalDelivered = totalDelivered
        self.totalOpened = totalOpened
        self.totalClicked = totalClicked
        self.totalAnswered = totalAnswered
        self.averageOpenTime = averageOpenTime
        self.preferredChannel = preferredChannel
    }

    /// Opened of those delivered.
    public var openRate: Double? { Self.rate(totalOpened, of: totalDelivered) }
    /// Clicked of those opened, as in seed 000's numbers (89 of 128).
    public var clickRate: Double? { Self.rate(totalClicked, of: totalOpened) }
    /// Answered of those sent.
    public var responseRate: Double? { Self.rate(totalAnswered, of: totalSent) }

    private static func rate(_ part: Int, of whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
