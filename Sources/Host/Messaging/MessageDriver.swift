import PluginAPI

/// Takes messages out of the house by one channel.
protocol MessageDriver: Sendable {
    /// Hands a message over.
    ///
    /// - Returns: the provider's name for it, if it gives one. The message's id is the idempotency key: handed over a
    ///   second time after a crash, it must not arrive twice where the provider can prevent it.
    /// - Throws: ``DeliveryFailure``.
    func send(_ message: OutboundMessage) async throws -> String?
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
}

/// Why a message could not be handed over.
struct DeliveryFailure: Error, Sendable {
    /// Whether trying again may help.
    let isTemporary: Bool
    /// When the provider said to come back.
    let retryAfter: Duration?
    /// For staff; without the message's words.
    let reason: String
}
