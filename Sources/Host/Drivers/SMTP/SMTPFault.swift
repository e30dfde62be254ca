import HTTPServer
import PluginAPI

/// Why a message could not be handed to a mail server.
enum SMTPFault: Error {
    /// What was being said when it failed.
    enum Step: String, Sendable {
        case greeting = "greeting", hello = "EHLO", startTLS = "STARTTLS", auth = "AUTH", reset = "RSET", mail = "MAIL"
        case recipient = "RCPT", data = "DATA", content = "the message's end"

        /// Whether it is about the connection, and not about one message.
        var isConnection: Bool {
            switch self {
            case .greeting, .hello, .startTLS, .auth, .reset: true
            case .mail, .recipient, .data, .content: false
            }
        }
    }

    /// The server cannot be reached, or broke off.
    case connection(Step?, ClientError)
    /// The server's answer says no.
    case refused(Step, SMTPReply)
    /// The server's answer is no SMTP.
    case garbage(Step)
    /// STARTTLS is asked for and not offered.
    case noTLS
    /// A password is to be given, but the server offers no way that we know, or none over TLS.
    case noAuth(String)
    /// The server says how much it takes, and this is more.
    case tooLarge(limit: Int)
    /// The address has letters beyond ASCII, which this server does not take.
    case notInternational
    /// There was no time left.
    case late
    /// Too many wait already.
    case overloaded
    /// The secret cannot be had.
    case noPassword(String)
    /// The address is none.
    case badAddress
    /// The server has failed too often of late; milliseconds until it is tried again.
    case resting(Int64)

    /// Whether the connection can serve the next message.
    var leavesConnection: Bool {
        switch self {
        case .refused(let step, let reply): !step.isConnection && reply.code != 421
        case .tooLarge, .notInternational, .badAddress: true
        default: false
        }
    }

    /// Whether it says something about the server's health.
    var isFailureOfServer: Bool {
        switch self {
        case .connection(_, let error): error.isFailureOfTarget
        case .refused(let step, let reply): step.isConnection || reply.code == 421
        case .garbage, .noTLS, .noAuth, .late: true
        default: false
        }
    }

    /// What the engine is told. What is wrong with the connection is mended by people, in settings or at the server, so that
    /// trying again helps; what the server says of a message counts as it says (RFC 5321 §4.2.1).
    var failure: DeliveryFailure {
        switch self {
        case .connection(let step, let error):
            let place = step.map { " at \($0.rawValue)" } ?? ""
            return .temporary("the mail server cannot be reached or broke off\(place): \(error)")
        case .refused(let step, let reply):
            let reason = "the mail server answered \(step.rawValue) with \(reply.summary)"
            return step.isConnection || reply.isTemporary ? .temporary(reason) : .permanent(reason)
        case .garbage(let step): return .temporary("what the mail server answered to \(step.rawValue) is no SMTP")
        case .noTLS: return .temporary("the mail server offers no STARTTLS, and nothing is sent without")
        case .noAuth(let reason): return .temporary(reason)
        case .tooLarge(let limit): return .permanent("the mail server takes messages of at most \(limit) bytes")
        case .notInternational:
            return .permanent("the address has letters beyond ASCII, which the mail server does not take (SMTPUTF8)")
        case .late: return .temporary("the mail server took too long")
        case .overloaded: return .temporary("too many messages wait for the mail server")
        case .noPassword(let reason): return .temporary(reason)
        case .badAddress: return .permanent("the address is none that mail can be sent to")
        case .resting(let wait):
            return .temporary("the mail server has failed too often of late", retryAfter: .milliseconds(wait))
        }
    }
}

extension DeliveryFailure {
    /// Trying again may help.
    static func temporary(_ reason: String, retryAfter: Duration? = nil) -> DeliveryFailure {
        DeliveryFailure(isTemporary: true, retryAfter: retryAfter, reason: reason)
    }

    /// Trying again does not help.
    static func permanent(_ reason: String) -> DeliveryFailure {
        DeliveryFailure(isTemporary: false, retryAfter: nil, reason: reason)
    }
}
