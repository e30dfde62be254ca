/// Knows a provider's reports from everybody else's.
protocol CallbackReceiver: Sendable {
    /// Whether the provider signed this report on a message.
    ///
    /// - Parameters:
    ///   - signature: as the request gives it.
    ///   - fields: of the form.
    /// - Throws: when the key to check it cannot be had.
    func isSigned(_ signature: String, id: String, _ fields: [(name: String, value: String)]) throws -> Bool
}
