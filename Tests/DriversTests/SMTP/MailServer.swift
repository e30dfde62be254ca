import HTTPServer
import PluginAPI
import Testing

@testable import Host

/// A mail server, and a driver that is set up for it.
struct MailServer {
    let peer: Peer
    let folder: DriverFolder
    let security: SMTPOptions.Security

    init(
        _ security: SMTPOptions.Security = .none, offers: [String] = ["SIZE 100000", "8BITMIME"],
        users: JSON = ["desk": "s3cret \\ 'word"], replies: JSON = [:], serves tls: SMTPOptions.Security? = nil,
        names: String = "DNS:localhost,IP:127.0.0.1"
    ) async throws {
        folder = try DriverFolder()
        try await folder.makeCertificate(for: names)
        try folder.write("s3cret \\ 'word\n", to: "word")
        self.security = security
        let settings: JSON = [
            "tls": .string((tls ?? security).rawValue), "offers": .array(offers.map { .string($0) }), "users": users,
            "replies": replies, "certificate": .string("\(folder.path)/certificate.pem"),
            "key": .string("\(folder.path)/key.pem"),
        ]
        peer = try await Peer("smtp_peer.py", settings)
    }

    func driver(
        _ client: HTTPClient, username: String? = nil, host: String = "localhost", times: SMTPTimes = SMTPTimes()
    ) throws -> SMTPDriver {
        let options = SMTPOptions(
            driver: .smtp, host: host, port: Int(peer.port), security: security, username: username,
            password: username == nil ? nil : .file("word"), from: try #require(Sender("desk@lumen.example")),
            replyTo: Sender("Front Desk <front@lumen.example>"))
        return SMTPDriver(options, senderName: "Lumen Äuge", folder: folder.path, client: client, times: times)
    }

    /// Lends a driver whose client believes the server's certificate.
    func withDriver<T>(
        username: String? = nil, host: String = "localhost", times: SMTPTimes = SMTPTimes(),
        circuit: CircuitBreaker.Configuration? = nil, _ body: (SMTPDriver) async throws -> T
    ) async throws -> T {
        try await withOutbound(trust: folder.trust(), circuit: circuit) {
            try await body(try driver($0, username: username, host: host, times: times))
        }
    }
}
