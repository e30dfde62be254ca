import HTTPServer
import PluginAPI

/// One message as it goes on the wire, and what became of it.
struct WebhookRequest: Sendable {
    /// What a receiver is given, in seconds.
    static let connectTimeout = Duration.seconds(5), answerTimeout = Duration.seconds(15),
        totalTimeout = Duration.seconds(20)
    /// Bytes of an answer that are kept for people to look at.
    private static let excerpt = 1_000

    let request: ClientRequest
    /// What people are shown of it; the signature is left out.
    let shown: String

    init(request: ClientRequest, shown: String) {
        self.request = request
        self.shown = shown
    }

    /// - Parameters:
    ///   - secrets: what it is signed with, the newest first.
    ///   - now: goes along as `webhook-timestamp`.
    init(_ delivery: WebhookDelivery, to url: ClientURL, secrets: [WebhookSecret], policy: AddressPolicy, now: Instant)
    {
        var request = ClientRequest("POST", url, policy: policy)
        let fields: [(name: HeaderName, text: String, value: String)] = [
            ("content-type", "content-type", "application/json"), ("user-agent", "user-agent", "Portico-Webhooks/1"),
            ("webhook-id", "webhook-id", delivery.id), ("webhook-timestamp", "webhook-timestamp", "\(now.seconds)"),
            ("x-request-id", "x-request-id", delivery.requestID),
        ]
        for (name, _, value) in fields { _ = request.headers.add(name, value) }
        let signature = WebhookSignature.header(secrets, id: delivery.id, timestamp: now.seconds, body: delivery.body)
        _ = request.headers.add("webhook-signature", signature)
        request.body = delivery.body
        request.connectTimeout = Self.connectTimeout
        request.firstByteTimeout = Self.answerTimeout
        request.totalTimeout = Self.totalTimeout
        request.bodyLimit = 256 * 1024
        // The id tells a receiver that it has the message already.
        request.isIdempotent = true
        self.request = request
        shown = (["POST \(url)"] + fields.map { "\($0.text): \($0.value)" }).joined(separator: "\n")
    }

    /// What people are shown of an answer.
    static func shown(_ response: ClientResponse) -> String {
        let type = response.header("content-type").map { "\ncontent-type: \($0.prefix(100))" } ?? ""
        let body = String(decoding: response.body.prefix(excerpt), as: UTF8.self)
        let printable = body.unicodeScalars.map { scalar in
            scalar.value < 0x20 && scalar != "\n" && scalar != "\t" || scalar.value == 0x7F ? "\u{FFFD}" : scalar
        }
        var text = "\(response.status)\(type)"
        if !printable.isEmpty {
            text += "\n\n"
            text.unicodeScalars.append(contentsOf: printable)
        }
        return text
    }
}

/// What became of a message.
enum WebhookOutcome: Sendable {
    case answered(ClientResponse)
    /// For people.
    case failed(String)
    /// The host could not try: it is not the receiver's fault.
    case notTried

    init(_ error: ClientError) {
        switch error {
        case .closed, .cancelled, .overloaded: self = .notTried
        case .addressRefused: self = .failed("the address is not one that may be sent to")
        case .cannotResolve: self = .failed("the name stands for no address")
        case .cannotConnect(let reason): self = .failed("no connection: \(reason)")
        case .tls(let reason): self = .failed("no TLS: \(reason)")
        case .timedOut(let phase): self = .failed("timed out: \(phase.rawValue)")
        case .disconnected: self = .failed("the connection ended before an answer came")
        case .bodyTooLarge, .headTooLarge: self = .failed("the answer is too long")
        default: self = .failed("the answer is not HTTP as it should be")
        }
    }

    var isSuccess: Bool {
        if case .answered(let response) = self { (200..<300).contains(response.status) } else { false }
    }
    var status: Int? { if case .answered(let response) = self { response.status } else { nil } }

    /// Why it failed, for people; nil for a success.
    var error: String? {
        switch self {
        case .answered(let response) where !isSuccess:
            (300..<400).contains(response.status)
                ? "answered \(response.status): redirects are not followed" : "answered \(response.status)"
        case .answered, .notTried: nil
        case .failed(let reason): reason
        }
    }

    /// How long the receiver wants to be left alone: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3).
    func retryAfter(now: Instant) -> Duration? {
        guard case .answered(let response) = self, let text = response.header("retry-after") else { return nil }
        if let seconds = Int64(text), seconds >= 0 { return .seconds(min(seconds, 86_400)) }
        return Instant(httpDate: text, now: now).map { max(.zero, $0 - now) }
    }
}
