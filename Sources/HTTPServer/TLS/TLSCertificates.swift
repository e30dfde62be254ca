internal import Synchronization

/// Which certificate a client is shown: shared by all loops and replaced as a whole, so that a reload needs no restart and
/// drops no connection.
///
/// A name that has no certificate gets none: another tenant's is never shown instead.
public final class TLSCertificates: Sendable {
    /// One owner's certificate, and the names it is shown for.
    public struct Entry: Sendable {
        /// Whose it is, e.g. a tenant. A session begun with one owner is never resumed with another.
        public var owner: String
        /// Host names in lower case. Those that the certificate does not cover are not served with it.
        public var names: [String]
        /// The certificate and its key.
        public var identity: TLSIdentity

        /// One owner's certificate.
        public init(owner: String, names: [String], identity: TLSIdentity) {
            self.owner = owner
            self.names = names
            self.identity = identity
        }
    }

    struct Choice: Sendable {
        let owner: String
        let identity: TLSIdentity
    }

    private struct Table: Sendable {
        var names: [String: Choice] = [:]
        var fallback: Choice?
    }

    private let table = Mutex(Table())

    /// No certificates.
    public init() {}

    /// Replaces all certificates at once. Connections that are open keep theirs.
    /// - Parameters:
    ///   - entries: where two name the same host, the first counts.
    ///   - fallback: for every other name that it covers; `nil` for none.
    public func use(_ entries: [Entry], fallback: TLSIdentity? = nil) {
        var fresh = Table(fallback: fallback.map { Choice(owner: "", identity: $0) })
        for entry in entries {
            let choice = Choice(owner: entry.owner, identity: entry.identity)
            for name in entry.names where fresh.names[name] == nil && entry.identity.covers(name) {
                fresh.names[name] = choice
            }
        }
        // The old table is let go after the lock: freeing thousands of certificates takes time.
        let old = table.withLock { table in
            let old = table
            table = fresh
            return old
        }
        _ = consume old
    }

    /// Whether a client that asks for this name, in lower case, is shown a certificate.
    public func covers(_ name: String) -> Bool { choice(for: name) != nil }

    /// The certificate for a host name in lower case, or for an IP address.
    func choice(for name: String) -> Choice? {
        let (own, fallback) = table.withLock { ($0.names[name], $0.fallback) }
        if let own { return own }
        guard let fallback, fallback.identity.covers(name) else { return nil }
        return fallback
    }
}
