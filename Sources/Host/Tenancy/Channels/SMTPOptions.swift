import Documents
import PluginAPI

/// E-mail by a mail server (RFC 5321).
struct SMTPOptions: ChannelOptions, Equatable {
    enum Name: String, Sendable, CaseIterable { case smtp }
    enum Security: String, Sendable, CaseIterable {
        /// TLS is agreed on before anything is said (RFC 3207); a server that does not offer it is not used.
        case starttls
        /// TLS from the first byte (RFC 8314 §3.3).
        case tls
        /// No TLS, for a server on the same machine or in a network that is trusted.
        case none
    }

    var driver: Name
    /// A name or an address.
    var host: String
    /// Nil takes the usual one.
    var port: Int?
    var security: Security
    var username: String?
    var password: Secret?
    var from: Sender
    /// Where answers go; to `from` when nil.
    var replyTo: Sender?

    static let schema = Schema.object(
        Self.init(driver:host:port:security:username:password:from:replyTo:),
        Field("driver", \.driver, .oneOf),
        Field("host", \.host, .serverName, note: "The mail server's name or address"),
        Field("port", \.port, .optional(.int(1...65_535)), note: "587 for starttls, 465 for tls, 25 for none"),
        Field(
            "security", \.security, .oneOf, default: .starttls,
            note: "starttls and tls check the server's certificate; none sends passwords to this machine only"),
        Field("username", \.username, .optional(.string(1...255, .verbatim))),
        Field("password", \.password, .optional(Secret.schema)),
        Field("from", \.from, Sender.schema, note: "Who mails are from: an address, or Name <address>"),
        Field("replyTo", \.replyTo, .optional(Sender.schema), note: "Where answers go"))

    /// The port to connect to.
    var usedPort: UInt16 {
        if let port { return UInt16(clamping: port) }
        return switch security {
        case .starttls: 587
        case .tls: 465
        case .none: 25
        }
    }

    var mistakes: [Mistake] {
        var mistakes: [Mistake] = []
        if username == nil, password != nil {
            mistakes.append(Mistake([.name("username")], .missing, "is required where password is given"))
        }
        if username != nil, password == nil {
            mistakes.append(Mistake([.name("password")], .missing, "is required where username is given"))
        }
        if username != nil, security == .none, !LoopbackName.isOne(host) {
            mistakes.append(
                Mistake(
                    [.name("security")], .notAllowed,
                    "must be starttls or tls where a password is sent to another machine"))
        }
        return mistakes
    }
}

/// Who a message is from: `desk@lumen.example` or `Lumen Clinics <desk@lumen.example>`.
struct Sender: Sendable, Equatable, Described {
    let address: MailAddress

    static let schema = Schema<Sender>.text(
        JSONSchema(["type": "string", "examples": ["Lumen Clinics <desk@lumen.example>"]]),
        allowed: "an e-mail address, or Name <address>", sample: { "desk\($0)@example.com" },
        parse: { Sender($0) }, write: { $1.value($0.text) })

    init?(_ text: String) {
        guard text.utf8.count <= 400,
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return nil }
        var (name, email) = ("", text[...])
        if let open = text.firstIndex(of: "<"), text.hasSuffix(">") {
            name = text[..<open].split(separator: " ").joined(separator: " ")
            email = text[text.index(after: open)...].dropLast()
        }
        guard let address = MailAddress(String(email), name: name), address.isASCII else { return nil }
        self.address = address
    }

    var text: String { address.name.map { "\($0) <\(address.email)>" } ?? address.email }
}

/// Names of this machine.
enum LoopbackName {
    static func isOne(_ host: String) -> Bool {
        let host = host.lowercased()
        return host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host == "[::1]"
            || host.hasPrefix("127.") && HostName.isIPv4(host.utf8)
    }
}

extension Schema<String> {
    /// The name or address of a server.
    static var serverName: Schema {
        .text(
            JSONSchema(["type": "string", "examples": ["smtp.example.com"]]),
            allowed: "the name or address of a server, without scheme or port", sample: { "smtp\($0).example.com" },
            parse: { text in
                let host = text.lowercased()
                let isAddress =
                    host.utf8.contains(UInt8(ascii: ":"))
                    && host.utf8.allSatisfy { "0123456789abcdef:.".utf8.contains($0) }
                return isAddress || HostName.isIPv4(host.utf8) || HostName.isName(host.utf8) ? host : nil
            }, write: { $1.value($0) })
    }
}
