import HTTPServer
import Synchronization
import Testing

/// Somebody else's server, which keeps what it is sent and answers as it is told.
final class Receiver: Sendable {
    struct Message: Sendable {
        let id: String, timestamp: String, signature: String, requestID: String, type: String
        let body: [UInt8]
        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Says what to answer to the message of a number, from 0; nil holds the answer back until ``release()``.
    typealias Script = @Sendable (Int) -> Response?

    private final class Answering: Responder {
        private let state = Mutex<(messages: [Message], isReleased: Bool)>(([], false))
        private let script: Script

        init(_ script: @escaping Script) { self.script = script }

        var messages: [Message] { state.withLock { $0.messages } }
        func release() { state.withLock { $0.isReleased = true } }

        func receive(_ request: Request) -> Reception {
            func field(_ name: HeaderName) -> String { request.header(name).map { request.string($0) } ?? "" }
            let (id, timestamp, signature) = (
                field("webhook-id"), field("webhook-timestamp"), field("webhook-signature")
            )
            let (requestID, type) = (field("x-request-id"), field("content-type"))
            return .body(limit: 1 << 20) { [self] _, body in
                let number = state.withLock { state in
                    state.messages.append(
                        Message(
                            id: id, timestamp: timestamp, signature: signature, requestID: requestID, type: type,
                            body: body))
                    return state.messages.count - 1
                }
                if let response = script(number) { return .now(response) }
                return .later { [self] in
                    while !state.withLock({ $0.isReleased }) { try? await Task.sleep(for: .milliseconds(5)) }
                    return Response(status: 204)
                }
            }
        }

        func refuse(_ fault: HTTPFault, _ request: Request?) -> Response { Response(status: 400) }
    }

    let port: UInt16
    private let answering: Answering
    private let server: Server

    init(_ script: @escaping Script) throws {
        answering = Answering(script)
        var configuration = ServerConfiguration(listeners: [.init(host: "127.0.0.1", port: 0)])
        configuration.loops = 1
        server = try Server(configuration: configuration, responder: answering)
        port = try #require(try server.start().first).address.port
    }

    var address: String { "http://127.0.0.1:\(port)/hook" }
    var messages: [Message] { answering.messages }
    func release() { answering.release() }

    func stop() async {
        release()
        await server.drain()
    }
}

/// Runs a receiver for as long as the closure runs.
func withReceiver(
    _ script: @escaping Receiver.Script = { _ in Response(status: 204) }, _ body: (Receiver) async throws -> Void
) async throws {
    let receiver = try Receiver(script)
    let result: Result<Void, any Error>
    do { result = .success(try await body(receiver)) } catch { result = .failure(error) }
    await receiver.stop()
    try result.get()
}
