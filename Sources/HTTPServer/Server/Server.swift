internal import Glibc
internal import Synchronization

/// An HTTP/1.1 server (RFC 9110, RFC 9112): one event loop per core, each with its own listening sockets.
///
/// Once started it runs until `drain()`, whether this object is kept or not.
public final class Server: Sendable {
    private struct State: Sendable {
        var loops: [EventLoop] = []
        var hasStarted = false
    }

    private let configuration: ServerConfiguration
    private let service: Service
    private let addresses: [SocketAddress]
    private let state = Mutex(State())

    /// A server that is not started yet.
    /// - Throws: `ServerError` when a listener's host is no address, or TLS cannot be had.
    public init(configuration: ServerConfiguration, responder: any Responder) throws(ServerError) {
        var addresses: [SocketAddress] = []
        for listener in configuration.listeners {
            guard let address = SocketAddress(host: listener.host, port: listener.port) else {
                throw ServerError(call: "configuration", code: 0, address: listener.host)
            }
            addresses.append(address)
            guard !listener.isSecure || configuration.tls != nil else {
                throw ServerError(call: "TLS", reason: "no certificates are configured", address: address.description)
            }
        }
        self.addresses = addresses
        self.configuration = configuration
        do throws(TLSError) { service = try Service(configuration, responder) } catch {
            throw ServerError(call: "TLS", reason: error.description)
        }
    }

    /// Opens the listeners and starts the loops. When it returns, connections are accepted.
    /// - Throws: `ServerError` when a socket cannot be opened or the server was started before; then nothing is left open.
    public func start() throws(ServerError) -> [BoundListener] {
        let isFirst = state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted
        }
        guard isFirst else { throw ServerError(call: "start", code: EALREADY) }
        var sockets: [[ListeningSocket]] = []
        var started: [EventLoop] = []
        do throws(ServerError) {
            var bound = addresses
            for loop in 0..<max(configuration.loops, 1) {
                sockets.append([])
                for (position, address) in bound.enumerated() {
                    let socket = try ListeningSocket(
                        address, position: position, backlog: configuration.backlog, isFirst: loop == 0,
                        isSecure: configuration.listeners[position].isSecure)
                    sockets[loop].append(socket)
                    bound[position] = socket.address
                }
            }
            var loops: [EventLoop] = []
            for (index, own) in sockets.enumerated() {
                loops.append(try EventLoop(index: index, service: service, listeners: own))
            }
            for loop in loops {
                try LoopThread.start(loop)
                started.append(loop)
            }
            let running = started
            state.withLock { $0.loops = running }
            return bound.enumerated().map { BoundListener(index: $0.offset, address: $0.element) }
        } catch {
            for loop in started { loop.drain(grace: .zero) {} }
            for socket in sockets.dropFirst(started.count).joined() { socket.close() }
            throw error
        }
    }

    /// Stops accepting, answers what is in flight with `connection: close`, closes idle connections, and after
    /// `ServerConfiguration.drainGrace` closes the rest. Returns when no connection is left; the loops then end with
    /// their last task.
    public func drain() async {
        let loops = state.withLock { $0.loops }
        let grace = configuration.drainGrace
        await withTaskGroup(of: Void.self) { group in
            for loop in loops {
                group.addTask {
                    await withUnsafeContinuation { continuation in loop.drain(grace: grace) { continuation.resume() } }
                }
            }
        }
    }

    /// What has been counted until now.
    public var metrics: ServerMetrics {
        var sum = ServerMetrics()
        for loop in state.withLock({ $0.loops }) { sum.add(loop.counters) }
        if let acceptor = service.acceptor { sum.add(acceptor) }
        return sum
    }

    /// The event loops, once started.
    public var loops: [EventLoop] { state.withLock { $0.loops } }
}
