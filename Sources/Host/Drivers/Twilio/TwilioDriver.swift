import Crypto
import HTTPServer
import PluginAPI

/// Hands texts and WhatsApp messages to a provider, in Twilio's form: `POST …/Accounts/{sid}/Messages.json`.
///
/// The message's id goes along as `Idempotency-Key`, for providers that know it; Twilio itself has no such thing, so that a
/// message whose answer is lost may arrive twice.
struct TwilioDriver: MessageDriver {
    let options: TwilioOptions
    let channel: Channel
    /// The tenant's folder, where secrets are.
    let folder: String
    /// `https://portal.example.com`; the provider reports there what becomes of a message.
    let origin: String
    let client: HTTPClient

    var confirmsDelivery: Bool { callback("") != nil }

    func send(_ message: OutboundMessage) async throws -> String? {
        let password: String
        do throws(SecretFault) { password = try options.authToken.resolve(in: folder) } catch {
            throw DeliveryFailure.temporary(error.reason)
        }
        let request = try request(message, password)
        let response: ClientResponse
        do throws(ClientError) { response = try await client.send(request) } catch {
            throw ProviderAnswer.failure(error, "the text provider")
        }
        return try Self.reference(response)
    }

    private func request(_ message: OutboundMessage, _ password: String) throws(DeliveryFailure) -> ClientRequest {
        let path = "/2010-04-01/Accounts/\(options.accountSid)/Messages.json"
        guard let url = ClientURL(options.baseUrl.text + path) else { throw .temporary("baseUrl is no address") }
        // The operator names the provider in the tenant's file; no request can.
        var request = ClientRequest("POST", url, policy: .anything)
        let login = Base64.encode(Array("\(options.accountSid):\(password)".utf8))
        request.headers.add("authorization", "Basic \(login)")
        request.headers.add("content-type: application/x-www-form-urlencoded")
        request.headers.add("accept: application/json")
        request.headers.add("idempotency-key", message.id)
        request.body = Array(FormText.encode(fields(message)).utf8)
        request.bodyLimit = 64 * 1024
        return request
    }

    private func fields(_ message: OutboundMessage) -> [(name: String, value: String)] {
        let prefix = channel == .whatsapp ? "whatsapp:" : ""
        var fields = [("To", prefix + message.to)]
        if options.from.hasPrefix("MG") {
            fields.append(("MessagingServiceSid", options.from))
        } else {
            fields.append(("From", options.from.hasPrefix("whatsapp:") ? options.from : prefix + options.from))
        }
        fields.append(("Body", message.body))
        if let callback = callback(message.id) { fields.append(("StatusCallback", callback)) }
        return fields
    }

    /// Where the provider reports; nil where it could not come: it refuses messages with addresses that it cannot reach.
    private func callback(_ id: String) -> String? {
        guard origin.hasPrefix("https://") || options.baseUrl.isLoopback else { return nil }
        return origin + DeliveryReport.path(channel, id)
    }

    /// The provider's name for a message that it took.
    private static func reference(_ response: ClientResponse) throws(DeliveryFailure) -> String? {
        let answer = TwilioAnswer(response.body)
        let code = answer.code.map { "error \($0), " } ?? ""
        let reason = "the text provider answered with \(code)status \(response.status)"
        switch response.status {
        case 200...299:
            guard let code = answer.code, answer.hasFailed else { return answer.sid }
            throw .permanent("the text provider refused the message: error \(code)")
        case 429: throw .temporary(reason, retryAfter: ProviderAnswer.pause(response) ?? .seconds(5))
        case 408, 425, 500...: throw .temporary(reason, retryAfter: ProviderAnswer.pause(response))
        // The account or its password: mended by people, and then the message goes.
        case 401, 403: throw .temporary(reason)
        default: throw .permanent(reason)
        }
    }
}

/// What matters of the provider's answer.
private struct TwilioAnswer {
    var sid: String?
    var code: Int64?
    var hasFailed = false

    init(_ body: [UInt8]) {
        guard let document = try? JSONDocument(body), document.root.kind == .object else { return }
        sid = document.root.member("sid")?.string.flatMap { $0.utf8.count <= 100 ? $0 : nil }
        code = document.root.member("code")?.integer ?? document.root.member("error_code")?.integer
        hasFailed = ["failed", "undelivered"].contains(document.root.member("status")?.string)
    }
}

extension SecretFault {
    /// For the operator; never holds the secret.
    var reason: String {
        switch self {
        case .missing(let reason): reason
        }
    }
}

extension TwilioDriver: CallbackReceiver {
    func isSigned(_ signature: String, id: String, _ fields: [(name: String, value: String)]) throws -> Bool {
        let token: String
        do throws(SecretFault) { token = try options.authToken.resolve(in: folder) } catch { throw Problem.unavailable }
        // The address it was told, not the one it came by: a proxy may have changed that.
        return TwilioSignature.isGood(signature, of: origin + DeliveryReport.path(channel, id), fields, token: token)
    }
}
