import Glibc
import Synchronization

@testable import HTTPServer

/// A responder made of a closure; refusals say which fault it was.
struct Routes: Responder {
    let route: @Sendable (Request) -> Reception

    func receive(_ request: Request) -> Reception { route(request) }

    func refuse(_ fault: HTTPFault, _ request: Request?) -> Response {
        Response(status: fault.status, body: .bytes(Array("\(fault)\(request == nil ? "" : "!")".utf8)))
    }
}

extension Response {
    static func text(_ text: String, status: Int = 200) -> Response {
        Response(status: status, body: .bytes(Array(text.utf8)))
    }
}

/// Starts a server, runs the blocking body on a thread of its own (so that it never starves the pool the tests run on),
/// and drains the server.
func withServer<T: Sendable>(
    _ change: (inout ServerConfiguration) -> Void = { _ in }, _ route: @escaping @Sendable (Request) -> Reception,
    _ body: @escaping @Sendable (Server, UInt16) throws -> T
) async throws -> T {
    var configuration = ServerConfiguration()
    configuration.loops = 2
    configuration.drainGrace = .zero
    change(&configuration)
    let server = try Server(configuration: configuration, responder: Routes(route: route))
    let port = try server.start()[0].address.port
    let result = await onThread { Result { try body(server, port) } }
    await server.drain()
    return try result.get()
}

/// Runs blocking work on a thread of its own.
func onThread<T: Sendable>(_ body: @escaping @Sendable () -> T) async -> T {
    // What the body did comes before what follows, by the continuation; by the signal for the thread sanitizer too, which
    // cannot look into continuations.
    let isDone = Signal()
    defer { precondition(isDone.value) }
    return await withCheckedContinuation { continuation in
        let box = Unmanaged.passRetained(
            Work {
                let result = body()
                isDone.set()
                continuation.resume(returning: result)
            })
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { argument in
                Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().run()
                return nil
            }, box.toOpaque())
        precondition(code == 0)
        pthread_detach(thread)
    }
}

private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

/// Waits for a state that is certain to come, by looking again and again (with a pause, to leave the processor to others).
func wait(until condition: () -> Bool) {
    while !condition() { usleep(200) }
}

/// Something one thread makes and another waits for.
final class Signal: Sendable {
    private let isSet = Atomic<Bool>(false)
    func set() { isSet.store(true, ordering: .sequentiallyConsistent) }
    var value: Bool { isSet.load(ordering: .sequentiallyConsistent) }
    func waitBlocking() { wait { value } }
}

/// A gate that handlers wait at until a test opens it.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state = Mutex(State())

    func open() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isOpen = true
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}
