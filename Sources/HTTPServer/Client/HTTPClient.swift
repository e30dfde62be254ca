internal import Synchronization

/// Sends requests to somebody else's servers (HTTP/1.1, RFC 9110 and 9112), from a thread of its own on which nothing blocks.
///
///     let client = HTTPClient(ClientConfiguration(resolver: resolver, trust: try .system()))
///     let answer = try await client.send(ClientRequest("GET", url, policy: .publicOnly))
///
/// Connections are kept and used again. Every address is judged by the request's policy at the moment it is connected to,
/// and certificates are always verified. A target that fails again and again is left alone for a while. No redirect is
/// followed unless the request says so. Everything is bounded.
public final class HTTPClient: Sendable {
    private enum State: Sendable {
        case new
        case running(ClientCore)
        case closed
    }

    let configuration: ClientConfiguration
    private let state = Mutex(State.new)
    /// The breaker of each target, by its origin: `https://example.com`; nil when they are switched off.
    public let breakers: CircuitBreakers?

    /// A client. Its thread starts with the first request.
    public init(_ configuration: ClientConfiguration) {
        self.configuration = configuration
        breakers = configuration.circuit.map { CircuitBreakers($0) }
    }

    deinit { if let core = take() { Self.end(core) {} } }

    /// Sends a request and waits for the whole answer. Cancelling the task closes the connection.
    /// - Throws: ``ClientError``. Answers with any status are answers, not errors.
    public func send(_ request: ClientRequest) async throws(ClientError) -> ClientResponse {
        try await send(request, isStreamed: false).answer
    }

    /// Sends a request and waits for the head of the answer; its content comes as fast as it is read. `bodyLimit` and
    /// `totalTimeout` hold for the content too.
    /// - Throws: ``ClientError``. Answers with any status are answers, not errors.
    public func stream(_ request: ClientRequest) async throws(ClientError) -> ClientStream {
        try await send(request, isStreamed: true)
    }

    private func send(_ request: ClientRequest, isStreamed: Bool) async throws(ClientError) -> ClientStream {
        let deadline = EventLoop.monotonicMilliseconds() + request.totalTimeout.milliseconds
        var request = request
        var hops = 0
        while true {
            let response = try await sendOnce(request, deadline, isStreamed: isStreamed)
            // What a redirect has to say is not read.
            guard let location = response.answer.redirect, request.redirectLimit > 0 else { return response }
            guard hops < request.redirectLimit else { throw .tooManyRedirects }
            hops += 1
            try request.follow(location, status: response.answer.status)
        }
    }

    private func sendOnce(
        _ request: ClientRequest, _ deadline: Int64, isStreamed: Bool
    ) async throws(ClientError) -> ClientStream {
        guard let head = request.head() else { throw .invalidRequest }
        let core = try core()
        let breaker = breakers?.breaker(for: request.url.origin)
        let permit: CircuitBreaker.Permit?
        do throws(CircuitBreaker.Open) { permit = try breaker?.permit() } catch {
            throw .circuitOpen(retryAfter: error.retryAfter)
        }
        let trust = request.trust ?? configuration.trust
        let url = request.url
        let target = ClientTarget(
            isSecure: url.isSecure, host: url.host, port: url.port,
            trust: url.isSecure ? ObjectIdentifier(trust) : nil, pinned: request.pinnedAddress?.withPort(url.port))
        let content = ClientContent(ContentFlow(core.loop))
        let exchange = ClientExchange(
            request, head: head, target: target, trust: trust, deadline: deadline,
            flow: isStreamed ? content.flow : nil)
        let result = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                // On the loop, since a cancellation may come before.
                let isStarted = core.loop.submit {
                    exchange.begin(continuation)
                    core.start(exchange)
                }
                if !isStarted { continuation.resume(returning: .failure(.closed)) }
            }
        } onCancel: {
            exchange.isCancelled.store(true, ordering: .sequentiallyConsistent)
            core.loop.submit { core.end(exchange, .cancelled) }
        }
        if let breaker, let permit { Self.report(result, breaker, permit) }
        return ClientStream(answer: try result.get(), content: content)
    }

    private static func report(
        _ result: Result<ClientResponse, ClientError>, _ breaker: CircuitBreaker, _ permit: CircuitBreaker.Permit
    ) {
        switch result {
        case .success(let response): response.status < 500 ? breaker.succeeded(permit) : breaker.failed(permit)
        case .failure(let error): error.isFailureOfTarget ? breaker.failed(permit) : breaker.abandoned(permit)
        }
    }

    func core() throws(ClientError) -> ClientCore {
        let core = state.withLock { state -> ClientCore? in
            switch state {
            case .running(let core): return core
            case .closed: return nil
            case .new:
                let service = try? Service(ServerConfiguration(listeners: []), NobodyAnswers())
                let loop = service.flatMap { try? EventLoop(index: 0, service: $0, listeners: [], name: "client") }
                guard let loop, (try? LoopThread.start(loop)) != nil else { return nil }
                let core = ClientCore(loop, configuration)
                state = .running(core)
                return core
            }
        }
        guard let core else { throw .closed }
        return core
    }

    /// Ends every request that is under way with `closed`, closes the connections, and ends the thread.
    public func close() async {
        guard let core = take() else { return }
        await withUnsafeContinuation { continuation in Self.end(core) { continuation.resume() } }
    }

    private func take() -> ClientCore? {
        state.withLock { state in
            defer { state = .closed }
            if case .running(let core) = state { return core }
            return nil
        }
    }

    private static func end(_ core: ClientCore, _ done: @escaping @Sendable () -> Void) {
        core.loop.submit { core.close() }
        core.loop.drain(grace: .zero, done)
    }

    /// What it has done until now.
    public var metrics: ClientMetrics {
        guard case .running(let core) = state.withLock({ $0 }) else { return ClientMetrics() }
        return ClientMetrics(requests: core.counters.requests.read(), connections: core.counters.connections.read())
    }
}

/// A client's loop has no listeners, so nobody asks.
private struct NobodyAnswers: Responder {
    func receive(_ request: Request) -> Reception { .answer(Response(status: 404)) }
    func refuse(_ fault: HTTPFault, _ request: Request?) -> Response { Response(status: fault.status) }
}
