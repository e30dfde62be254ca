import HTTPServer
import Workers

/// The way to other people's servers, for all of the host: one client, whose names are looked up on threads of their own.
///
/// Whoever sends says what addresses it may reach: `publicOnly` for targets that a tenant or a person named, `anything` only
/// for those that the operator did.
struct Outbound: Sendable {
    /// Sends the requests.
    let client: HTTPClient
    /// Sends messages to webhooks. Without breakers, which count for everybody: what one tenant's endpoint fails at is no
    /// reason to leave the same host alone for another.
    let webhookClient: HTTPClient
    /// Asks for plugins. A client of its own, so that answers that take minutes hold up no message; its breakers are
    /// ``PeerMeans/breakers``.
    let peerClient: HTTPClient
    private let resolving: WorkerPool

    /// - Parameters:
    ///   - authorities: a PEM file with the authorities to believe instead of the system's.
    ///   - resolver: looks names up; the system does when nil.
    /// - Throws: ``StartFailure`` when there are none.
    init(authorities: String?, resolver: HostResolver? = nil) throws(StartFailure) {
        let trust: TLSTrust
        do {
            if let authorities {
                trust = try TLSTrust(authorities: Files.contents(authorities, limit: 1 << 20))
            } else {
                trust = try TLSTrust.system()
            }
        } catch let fault as FileFault {
            throw StartFailure("--outbound-ca: the file \(authorities ?? "") \(fault.reason)")
        } catch {
            throw StartFailure("--outbound-ca: \(error)")
        }
        // The system's look-up blocks, for seconds when a name server does not answer.
        let resolving = WorkerPool(name: "resolve", threads: 4, queueLimit: 256, perKeyLimit: 32)
        self.resolving = resolving
        let system: HostResolver = { host in
            // A name that hangs keeps its own look-ups waiting, and not those of others.
            let key = Fingerprint(Array(host.utf8)).hash
            return try await resolving.run(for: key) { try SystemResolver.addresses(of: host) }
        }
        var configuration = ClientConfiguration(resolver: resolver ?? system, trust: trust)
        client = HTTPClient(configuration)
        configuration.circuit = nil
        webhookClient = HTTPClient(configuration)
        peerClient = HTTPClient(configuration)
    }

    /// Ends what is under way.
    func close() async {
        await client.close()
        await webhookClient.close()
        await peerClient.close()
        await resolving.close()
    }
}
