import HTTPServer
import PluginAPI

/// What an answer of a provider's HTTP server means for a message.
enum ProviderAnswer {
    /// How long the provider asks to be left alone (`Retry-After` in seconds, RFC 9110 §10.2.3); a date counts as a minute.
    static func pause(_ response: ClientResponse) -> Duration? {
        guard let text = response.header("retry-after") else { return nil }
        guard let seconds = Int64(text) else { return .seconds(60) }
        return .seconds(min(max(seconds, 0), 86_400))
    }

    /// Why no answer came.
    static func failure(_ error: ClientError, _ provider: String) -> DeliveryFailure {
        switch error {
        case .circuitOpen(let wait):
            .temporary("\(provider) has failed too often of late", retryAfter: .milliseconds(wait))
        case .invalidRequest: .permanent("\(provider) cannot be asked this")
        default: .temporary("\(provider) cannot be reached or did not answer: \(error)")
        }
    }
}
