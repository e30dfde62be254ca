import HTTPServer
import Synchronization

/// Somebody else's server, which keeps what it is sent with the id that came along, and takes its time to answer.
final class Receiver: Sendable {
    struct Message: Sendable {
        let id: String
        let bytes: [UInt8]
        /// As JSON; null when it is none.
        var body: JSON { (try? JSON(bytes)) ?? .null }
        /// As a form (WHATWG URL §5.1).
        var form: [String: String] {
            let pairs = String(decoding: bytes, as: UTF8.self).split(separator: "&").map { pair in
                let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (Self.decode(halves[0]), halves.count > 1 ? Self.decode(halves[1]) : "")
            }
            return Dictionary(pairs) { first, _ in first }
        }

        private static func decode(_ text: Substring) -> String {
            var bytes: [UInt8] = []
            var rest = text.utf8[...]
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "%"), let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16) {
                    bytes.append(value)
                    rest.removeFirst(2)
                } else {
                    bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private final class Answering: Responder {
        let messages = Mutex<[Message]>([])
        private let idField: HeaderName
        private let answer: String?

        init(idField: HeaderName, answer: String?) {
            self.idField = idField
            self.answer = answer
        }

        func receive(_ request: Request) -> Reception {
            let id = request.header(idField).map { request.string($0) } ?? ""
            return .body(limit: 1 << 20) { [self] _, body in
                messages.withLock { $0.append(Message(id: id, bytes: body)) }
                return .later { [answer] in
                    try? await Task.sleep(for: .milliseconds(20))
                    guard let answer else { return Response(status: 204) }
                    return Response(status: 201, body: .bytes(Array(answer.utf8)))
                }
            }
        }

        func refuse(_ fault: HTTPFault, _ request: Request?) -> Response { Response(status: 400) }
    }

    /// `http://127.0.0.1:49152`, or https
    let origin: String
    private let answering: Answering
    private let server: Server

    /// For webhooks (Standard Webhooks).
    ///
    /// - Parameter identity: the paths of a certificate and its key; without it there is no TLS.
    static func ofWebhooks(_ identity: (certificate: String, key: String)? = nil) throws -> Receiver {
        try Receiver(idField: "webhook-id", answer: nil, identity)
    }

    /// For texts in Twilio's form; the ids are idempotency keys.
    static func ofTexts() throws -> Receiver {
        try Receiver(idField: "idempotency-key", answer: #"{"sid":"SM0123456789abcdef0123456789abcdef"}"#)
    }

    private init(
        idField: HeaderName, answer: String?, _ identity: (certificate: String, key: String)? = nil
    ) throws {
        var configuration = ServerConfiguration(
            listeners: [.init(host: "127.0.0.1", port: 0, isSecure: identity != nil)])
        configuration.loops = 1
        if let identity {
            let shown = try TLSIdentity(
                certificate: Repository.bytes(of: identity.certificate), key: Repository.bytes(of: identity.key))
            let certificates = TLSCertificates()
            certificates.use([], fallback: shown)
            configuration.tls = TLSConfiguration(certificates: certificates)
        }
        answering = Answering(idField: idField, answer: answer)
        server = try Server(configuration: configuration, responder: answering)
        guard let port = try server.start().first?.address.port else { throw Failure("the receiver has no port") }
        origin = "\(identity == nil ? "http" : "https")://127.0.0.1:\(port)"
    }

    var address: String { origin + "/hook" }
    var messages: [Message] { answering.messages.withLock { $0 } }
    func stop() async { await server.drain() }
}
