internal import PluginAPI
internal import Synchronization

/// What the plugin keeps for comparing records: where it is computed, and whether that works.
struct Reconciliation: Sendable {
    let breaker: CircuitBreaker
    let threads: any WorkThreads
    /// Requests whose large bodies are held in memory now, in the whole process.
    private static let large = Atomic<Int>(0)
    /// Bytes of a body.
    private static let most = (body: 48 << 20, small: 1 << 20, largeAtOnce: 4)

    init(_ services: Services) {
        breaker = CircuitBreaker(clock: services.clock)
        threads = services.threads
    }

    /// Collects a body and gives it to the closure.
    ///
    /// - Throws: ``Problem`` 413 for one that is too large, 503 when too many large ones are held.
    static func collecting<T: Sendable>(
        _ stream: ByteStream, _ body: ([UInt8]) async throws -> T
    ) async throws -> T {
        var bytes: [UInt8] = []
        var isLarge = false
        defer { if isLarge { large.subtract(1, ordering: .relaxed) } }
        for try await piece in stream {
            guard bytes.count + piece.count <= most.body else { throw ReconcileRefusal.tooLarge }
            if !isLarge, bytes.count + piece.count > most.small {
                guard large.add(1, ordering: .relaxed).newValue <= most.largeAtOnce else {
                    large.subtract(1, ordering: .relaxed)
                    throw Problem.unavailable
                }
                isLarge = true
            }
            bytes += piece
        }
        return try await body(bytes)
    }
}
