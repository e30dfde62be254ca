import StoreAPI
import Synchronization

@testable import Database

extension Fixture {
    /// Runs writes as members of one commit group, in this order, and returns what became of each.
    ///
    /// A first member holds the writer until all others wait and `whileWaiting` is done. The fixture's group time must
    /// be long.
    func inOneGroup(
        _ database: Database, _ writes: [@Sendable () async throws -> Void], whileWaiting: () async -> Void = {}
    ) async throws -> [Result<Void, any Error>] {
        let begun = Flag()
        let released = Latch<Void>()
        async let first: Void = database.write(as: .host) { _ in
            begun.raise()
            try released.wait()
        }
        while !begun.isRaised { await Task.yield() }
        let results = await withTaskGroup(of: (Int, Result<Void, any Error>).self) { group in
            for (index, write) in writes.enumerated() {
                group.addTask { (index, await Result(catching: write)) }
                while engine.metrics.waitingWrites < index + 1 { await Task.yield() }
            }
            await whileWaiting()
            released.set(.success(()))
            var results: [(Int, Result<Void, any Error>)] = []
            for await result in group { results.append(result) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
        try await first
        return results
    }
}

extension Result where Failure == any Error {
    init(catching body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }

    var isSuccess: Bool {
        if case .success = self { true } else { false }
    }

    /// The kind of the store's error it failed with.
    var kind: StoreError.Kind? {
        guard case .failure(let error) = self else { return nil }
        return (error as? StoreError)?.kind
    }
}

/// A flag that is raised once.
final class Flag: Sendable {
    private let flag = Atomic(false)
    func raise() { flag.store(true, ordering: .releasing) }
    var isRaised: Bool { flag.load(ordering: .acquiring) }
}
