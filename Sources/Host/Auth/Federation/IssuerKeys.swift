import PluginAPI
import Synchronization

/// The keys of the identity providers that tenants trust, fetched when they are needed and kept for the whole process:
/// public keys are the same for everybody.
///
/// A token whose key is unknown has the set fetched again, at most once a minute for each provider, whoever asks: tokens
/// with made-up key names cause no flood. Whoever asks meanwhile waits for the fetch that is under way.
final class IssuerKeys: Sendable {
    /// Fetches a document; throws when there is none.
    typealias Fetch = @Sendable (_ address: String) async throws -> [UInt8]

    /// How long keys are good without being asked for again.
    static let lifetime = Duration.seconds(3600)
    /// The least time between two fetches for unknown keys.
    static let pause = Duration.seconds(60)
    /// The most providers at a time.
    static let capacity = 256

    private struct Entry: Sendable {
        var keys: [IssuerKey] = []
        var fetchedAt: Instant?
        var triedAt: Instant?
        var fetch: Task<[IssuerKey], any Error>?
        var lastUse: UInt64 = 0
    }

    private struct Place: Hashable, Sendable {
        let issuer: String
        let keys: String?
    }

    private struct State: Sendable {
        var entries: [Place: Entry] = [:]
        var uses: UInt64 = 0
    }

    private let state = Mutex(State())
    private let fetch: Fetch

    init(fetch: @escaping Fetch) { self.fetch = fetch }

    /// Of a host that reaches nobody.
    static var unreachable: IssuerKeys { IssuerKeys { _ in throw Problem.unavailable } }

    /// The keys of a provider that may have signed a token with this header.
    ///
    /// - Throws: what fetching throws, when nothing is known of the provider.
    func keys(
        _ provider: OIDCProvider, id: String?, algorithm: String, now: Instant
    ) async throws -> [IssuerKey] {
        let place = Place(issuer: provider.issuer, keys: provider.jwksUri)
        // Looked at and taken in hand in one step: two who come at once make one fetch.
        let step = state.withLock { state -> Step in
            state.uses += 1
            var entry = state.entries[place] ?? Entry()
            entry.lastUse = state.uses
            defer {
                state.entries[place] = entry
                Self.bound(&state)
            }
            if let fetchedAt = entry.fetchedAt {
                let fitting = Self.fitting(entry.keys, id, algorithm)
                let isFresh = now - fetchedAt < Self.lifetime
                let wasTried = entry.triedAt.map { now - $0 < Self.pause } ?? false
                if !fitting.isEmpty && isFresh || wasTried && entry.fetch == nil { return .known(fitting) }
            }
            if let running = entry.fetch { return .fetch(running) }
            let task = Task { try await self.load(provider) }
            entry.fetch = task
            entry.triedAt = now
            return .fetch(task)
        }
        let fetch: Task<[IssuerKey], any Error>
        switch step {
        case .known(let keys): return keys
        case .fetch(let task): fetch = task
        }
        do {
            let keys = try await fetch.value
            state.withLock { state in
                guard state.entries[place]?.fetch == fetch else { return }
                state.entries[place]?.keys = keys
                state.entries[place]?.fetchedAt = now
                state.entries[place]?.fetch = nil
            }
            return Self.fitting(keys, id, algorithm)
        } catch {
            let old = state.withLock { state -> [IssuerKey]? in
                guard let entry = state.entries[place] else { return nil }
                if entry.fetch == fetch { state.entries[place]?.fetch = nil }
                return entry.fetchedAt == nil ? nil : Self.fitting(entry.keys, id, algorithm)
            }
            // A provider that cannot be reached does not lock out those whose key is known.
            if let old, !old.isEmpty { return old }
            throw error
        }
    }

    private enum Step {
        case known([IssuerKey])
        case fetch(Task<[IssuerKey], any Error>)
    }

    private func load(_ provider: OIDCProvider) async throws -> [IssuerKey] {
        var address = provider.jwksUri
        if address == nil {
            let issuer = provider.issuer.hasSuffix("/") ? String(provider.issuer.dropLast()) : provider.issuer
            let document = try await fetch(issuer + "/.well-known/openid-configuration")
            let root = try? JSONDocument(document).root
            // OpenID Connect Discovery 1.0 §4.3: a document of somebody else's names somebody else's keys.
            guard let root, root.member("issuer")?.string == provider.issuer else { throw Problem.unavailable }
            address = root.member("jwks_uri")?.string
        }
        guard let address, let keys = IssuerKey.keys(ofSet: try await fetch(address)) else {
            throw Problem.unavailable
        }
        return keys
    }

    private static func fitting(_ keys: [IssuerKey], _ id: String?, _ algorithm: String) -> [IssuerKey] {
        keys.filter { $0.algorithm == algorithm && (id == nil || $0.id == id) }
    }

    private static func bound(_ state: inout State) {
        guard state.entries.count > capacity else { return }
        let oldest = state.entries.filter { $0.value.fetch == nil }.min { $0.value.lastUse < $1.value.lastUse }
        if let oldest { state.entries[oldest.key] = nil }
    }
}
