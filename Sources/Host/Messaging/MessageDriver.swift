import PluginAPI

/// Takes messages out of the house by one channel.
protocol MessageDriver: Sendable {
    /// Hands a message over.
    ///
    /// - Returns: the provider's name for it, if it gives one. The message's id is the idempotency key: handed over a
    ///   second time after a crash, it must not arrive twice where the provider can prevent it.
    /// - Throws: ``DeliveryFailure``.
    func send(_ message: OutboundMessage) async throws -> String?

    /// Whether the provider tells later that a message arrived. Where it does not, a message counts as delivered when it is
    /// handed over.
    var confirmsDelivery: Bool { get }
}

extension MessageDriver {
    var confirmsDelivery: Bool { false }
}

/// A message ready to leave.
struct OutboundMessage: Sendable, Equatable {
    let id: String
    let channel: Channel
    /// A phone number or address, as the channel has them.
    let to: String
    /// Empty where the channel has none.
    let subject: String
    let body: String
    let createdAt: Instant
    /// Where one click ends mails of this kind (RFC 8058): for the fields `List-Unsubscribe` and `List-Unsubscribe-Post`; nil
    /// for what is no mail, or cannot be ended.
    var unsubscribeURL: String?
    /// A picture of one point whose loading says that a mail was opened, for its HTML part; nil where the tenant does not
    /// want to know. Links in ``body`` lead over the portal already then.
    var openedURL: String?

    init(
        id: String, channel: Channel, to: String, subject: String, body: String, createdAt: Instant,
        unsubscribeURL: String? = nil
    ) {
        self.id = id
        self.channel = channel
        self.to = to
        self.subject = subject
        self.body = body
        self.createdAt = createdAt
        self.unsubscribeURL = unsubscribeURL
    }
}

/// Why a message could not be handed over.
struct DeliveryFailure: Error, Sendable {
    /// Whether trying again may help.
    let isTemporary: Bool
    /// When the provider said to come back.
    let retryAfter: Duration?
    /// For staff; without the message's words.
    let reason: String
    /// Whether the address is no more: a device whose subscription ended (RFC 8030 §7.3) is forgotten.
    let isAddressGone: Bool

    init(isTemporary: Bool, retryAfter: Duration?, reason: String, isAddressGone: Bool = false) {
        self.isTemporary = isTemporary
        self.retryAfter = retryAfter
        self.reason = reason
        self.isAddressGone = isAddressGone
    }
}
