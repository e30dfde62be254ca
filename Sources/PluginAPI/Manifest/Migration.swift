/// One step of a plugin's tables. Steps run in order, each in a transaction per tenant, and never change once released.
public struct Migration: Sendable, Equatable {
    /// `001-bookings`; sorts in the order of the steps.
    public let id: String
    /// Statements separated by semicolons; tables, indexes, views and triggers carry the plugin's prefix.
    public let sql: String

    public init(_ id: String, _ sql: String) {
        self.id = id
        self.sql = sql
    }
}
