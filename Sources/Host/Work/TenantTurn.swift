import PluginAPI

/// One turn of a tenant's work, as the scheduler gives them.
protocol TenantTurn: Sendable {
    /// Works until nothing is due or the turn is over.
    func run(clock: any TimeSource) async throws
    /// The moment of the next work, read on the writer so that everything committed before counts.
    func nextDue(now: Instant) async throws -> Instant?
}
