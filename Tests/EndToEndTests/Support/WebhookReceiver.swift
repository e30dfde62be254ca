import HTTPServer
import Synchronization

/// Somebody else's server, which keeps the ids and bodies of what it is sent and takes its time to answer.
final class WebhookReceiver: Sendable {
    struct Message: Sendable {
        let id: String
        let body: JSON
    }

    private final class Answering: Responder {
        let messages = Mutex<[Message]>([])

        func receive(_ request: Request) -> Reception {
            let id = request.header("webhook-id").map { request.string($0) } ?? ""
            return .body(limit: 1 << 20) { [self] _, body in
                messages.withLock { $0.append(Message(id: id, body: (try? JSON(body)) ?? .null)) }
                return .later {
                    try? await Task.sleep(for: .milliseconds(20))
                    return Response(status: 204)
                }
            }
        }

        func refuse(_ fault: HTTPFault, _ request: Request?) -> Response { Response(status: 400) }
    }

    let address: String
    private let answering = Answering()
    private let server: Server

    init() throws {
        var configuration = ServerConfiguration(listeners: [.init(host: "127.0.0.1", port: 0)])
        configuration.loops = 1
        server = try Server(configuration: configuration, responder: answering)
        guard let port = try server.start().first?.address.port else { throw Failure("the receiver has no port") }
        address = "http://127.0.0.1:\(port)/hook"
    }

    var messages: [Message] { answering.messages.withLock { $0 } }
    func stop() async { await server.drain() }
}
