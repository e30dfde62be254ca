import PluginAPI

/// Takes messages out of the house by one channel.
protocol MessageDriver: Sendable {
    /// Hands a message over. It takes less than a minute, whatever the other side does.
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
    /// A phone number, an e-mail address or a push subscription as JSON, as the channel has them.
    let to: String
    /// Empty where the channel has none.
    let subject: String
    /// Plain text; every channel has it.
    let body: String
    let createdAt: Instant
    /// For e-mail: what stands beside the text, a whole document.
    var html: String? = nil
    /// Where one click ends mails of this kind (RFC 8058): for the fields `List-Unsubscribe` and `List-Unsubscribe-Post`; nil
    /// for what is no mail, or cannot be ended.
    var unsubscribeURL: String? = nil
    /// For e-mail: files that go along.
    var attachments: [Attachment] = []
    /// For push: the page that opens when the message is touched.
    var link: String? = nil
    /// For push: whether it may wait until the device is awake anyway.
    var isUrgent = false
    /// Not worth delivering any more after this; nil lets the channel decide.
    var expiresAt: Instant? = nil

    /// A file that goes along.
    struct Attachment: Sendable, Equatable {
        let name: String
        /// `application/pdf`
        let contentType: String
        let bytes: [UInt8]
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
    var isAddressGone = false
}
