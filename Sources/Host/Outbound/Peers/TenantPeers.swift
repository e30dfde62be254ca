import HTTPServer
import PluginAPI
import Synchronization

/// The way to other people's servers for one plugin of one tenant.
final class TenantPeers: Peers {
    /// Requests under way at a time; a plugin that asks for more is told so.
    static let most = 16

    private let means: PeerMeans
    /// The tenant's folder, where secrets are.
    private let folder: String
    /// Tenant and plugin, in the names of breakers.
    private let name: String
    private let log: TenantLog
    private let underway = Mutex(0)

    init(_ means: PeerMeans, tenant: String, plugin: String, folder: String, log: TenantLog) {
        self.means = means
        self.folder = folder
        self.log = log
        name = "\(tenant) \(plugin)"
    }

    func send(_ request: PeerRequest) async throws -> PeerAnswer {
        let isFirst = underway.withLock { count in
            guard count < Self.most else { return false }
            count += 1
            return true
        }
        guard isFirst else { throw PeerFailure.busy }
        defer { underway.withLock { $0 -= 1 } }
        do throws(PeerFailure) {
            return try await ask(request)
        } catch {
            if Task.isCancelled { throw CancellationError() }
            // The address is the operator's own; what was asked and answered is nobody else's.
            log.write(
                .warning, "another server has no answer for a plugin",
                ["server": request.peer.url.text, "reason": error.reason])
            throw error
        }
    }

    private func ask(_ request: PeerRequest) async throws(PeerFailure) -> PeerAnswer {
        let made = try clientRequest(request)
        let breaker = means.breakers.breaker(for: "\(name) \(made.url.origin)")
        let permit: CircuitBreaker.Permit
        do throws(CircuitBreaker.Open) { permit = try breaker.permit() } catch {
            throw .leftAlone(seconds: Int((error.retryAfter + 999) / 1000))
        }
        do throws(ClientError) {
            let response = try await means.client.send(made)
            response.status < 500 ? breaker.succeeded(permit) : breaker.failed(permit)
            return PeerAnswer(status: response.status, body: response.body)
        } catch {
            error.isFailureOfTarget ? breaker.failed(permit) : breaker.abandoned(permit)
            throw PeerFailure(error)
        }
    }

    private func clientRequest(_ request: PeerRequest) throws(PeerFailure) -> ClientRequest {
        guard let url = ClientURL(request.peer.url.text + request.path) else {
            throw .misconfigured("the address is none that can be asked")
        }
        // Over plain HTTP anybody on the way could read the key.
        guard url.isSecure || means.allowsPrivate else { throw .misconfigured("the address must begin with https://") }
        var made = ClientRequest(
            request.method.rawValue, url, policy: means.allowsPrivate ? .anything : .publicOnly)
        made.body = request.body
        made.headers.add("accept: application/json")
        if request.body != nil { made.headers.add("content-type: application/json") }
        if let key = request.peer.key { try add(key, request.peer.keyHeader, to: &made.headers) }
        made.totalTimeout = min(max(request.timeout, .milliseconds(1)), PeerRequest.longest)
        // What thinks before it answers is not slow: the total counts.
        made.firstByteTimeout = made.totalTimeout
        made.bodyLimit = min(max(request.limit, 0), PeerRequest.largest)
        return made
    }

    private func add(_ key: Secret, _ header: String?, to headers: inout HeaderFields) throws(PeerFailure) {
        let value: String
        do throws(SecretFault) { value = try key.resolve(in: folder) } catch { throw .misconfigured(error.reason) }
        let isAdded =
            if let header { HeaderName(header).map { headers.add($0, value) } ?? false } else {
                headers.add("authorization", "Bearer \(value)")
            }
        guard isAdded else { throw .misconfigured("the key cannot stand in a header field") }
    }
}

extension PeerFailure {
    fileprivate init(_ error: ClientError) {
        self =
            switch error {
            case .invalidRequest, .misused, .content: .misconfigured("the request cannot be sent")
            case .addressRefused: .refused
            case .timedOut: .timedOut
            case .headTooLarge, .bodyTooLarge: .tooLarge
            case .malformed, .badRedirect, .tooManyRedirects: .malformed
            case .circuitOpen(let wait): .leftAlone(seconds: Int((wait + 999) / 1000))
            case .overloaded: .busy
            case .cannotResolve, .cannotConnect, .tls, .disconnected, .cancelled, .closed: .unreachable
            }
    }

    /// For the operator; never holds a secret.
    fileprivate var reason: String {
        switch self {
        case .misconfigured(let reason): reason
        case .refused: "its address is not on the public Internet"
        case .unreachable: "it cannot be reached, or does not prove who it is"
        case .timedOut: "it took too long"
        case .tooLarge: "its answer is too large"
        case .malformed: "its answer is malformed"
        case .leftAlone(let seconds): "it has failed too often; tried again in \(seconds) s"
        case .busy: "too many requests are under way"
        }
    }
}
