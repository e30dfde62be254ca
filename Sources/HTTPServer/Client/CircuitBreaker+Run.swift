extension CircuitBreaker {
    /// Tries something once and counts its outcome.
    /// - Parameter isFailure: Whether an error is the target's fault; others say nothing of it.
    /// - Throws: ``Open`` without a try, or what the try throws.
    public func run<Value: Sendable>(
        isFailure: (any Error) -> Bool = { !($0 is CancellationError) }, _ body: () async throws -> Value
    ) async throws -> Value {
        let permit = try permit()
        do {
            let value = try await body()
            succeeded(permit)
            return value
        } catch {
            if isFailure(error) { failed(permit) } else { abandoned(permit) }
            throw error
        }
    }
}
