/// A kind of a plugin's conversations: `support`, `case`.
public struct ConversationKind: Sendable, Equatable {
    public let name: String
    /// One sentence.
    public let summary: String
    /// The plugin's roles whose holders are told of conversations that nobody of the staff takes part in yet.
    public let pool: [String]
    /// Whether messages lie sealed, and nothing of them, not even the title, is told outside of the portal.
    public let isSealed: Bool
    /// How long it is kept after it was closed or archived; for ever when nil.
    public let keptFor: Duration?

    /// - Parameter isSealed: for what is nobody else's business whatever happens, such as medical questions.
    public init(
        _ name: String, _ summary: String, pool: [String] = [], isSealed: Bool = false, keptFor: Duration? = nil
    ) {
        self.name = name
        self.summary = summary
        self.pool = pool
        self.isSealed = isSealed
        self.keptFor = keptFor
    }
}
