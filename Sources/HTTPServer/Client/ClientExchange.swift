internal import Synchronization

/// One request under way, from the moment it reaches the loop to its outcome.
// @unchecked: everything mutable is touched on the client's loop only.
final class ClientExchange: @unchecked Sendable {
    enum Phase {
        /// For a connection that others have.
        case waiting
        /// For addresses, or for one of them to answer.
        case connecting
        case running(ClientConnection)
        case done
    }

    let request: ClientRequest
    let head: [UInt8]
    let target: ClientTarget
    let trust: TLSTrust
    /// When everything must be done, in milliseconds of the loop's clock.
    let deadline: Int64
    /// Where the answer's content goes as it comes; `nil` when it is gathered.
    let flow: ContentFlow?
    private var continuation: UnsafeContinuation<Result<ClientResponse, ClientError>, Never>?
    /// Set before the loop is told, so that a request that comes to the loop later than its cancellation is not begun.
    let isCancelled = Atomic<Bool>(false)

    var phase = Phase.waiting
    /// Addresses that the policy allows and that have not been tried.
    var candidates: [SocketAddress] = []
    /// What the addresses tried have said.
    var refusal = "no address answers"
    var hasRetried = false
    /// Looks the name up.
    var lookup: Task<Void, Never>?
    var connectDeadline: Int64 = 0
    /// The timers that run for it.
    var total: ScheduledWork?
    var step: ScheduledWork?

    init(
        _ request: ClientRequest, head: [UInt8], target: ClientTarget, trust: TLSTrust, deadline: Int64,
        flow: ContentFlow?
    ) {
        self.request = request
        self.flow = flow
        self.head = head
        self.target = target
        self.trust = trust
        self.deadline = deadline
    }

    func begin(_ continuation: UnsafeContinuation<Result<ClientResponse, ClientError>, Never>) {
        self.continuation = continuation
    }

    /// The answer's head has come, and its content follows.
    func deliver(_ response: ClientResponse) {
        step?.cancel()
        resume(.success(response))
    }

    /// Ends it, once.
    func finish(_ result: Result<ClientResponse, ClientError>) {
        phase = .done
        total?.cancel()
        step?.cancel()
        lookup?.cancel()
        flow?.finish(result.map { _ in })
        resume(result)
    }

    private func resume(_ result: Result<ClientResponse, ClientError>) {
        let waiting = continuation
        continuation = nil
        waiting?.resume(returning: result)
    }

    var isDone: Bool {
        if case .done = phase { true } else { false }
    }
}

/// What connections can be shared for.
struct ClientTarget: Hashable {
    let isSecure: Bool
    let host: String
    let port: UInt16
    let trust: ObjectIdentifier?
    let pinned: SocketAddress?
}

/// The connections to one target, and who waits for one.
final class ClientPool {
    /// Those without a request; the last used is the first taken.
    var idle: [ClientConnection] = []
    /// All there are, and those that are being made.
    var count = 0
    var waiting: [ClientExchange] = []
}
