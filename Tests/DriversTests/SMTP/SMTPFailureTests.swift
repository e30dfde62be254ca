import HTTPServer
import PluginAPI
import PluginTestKit
import Testing

@testable import Host

/// A server's way to say no.
struct Refusing: Sendable, CustomTestStringConvertible {
    let verb: String
    let reply: String
    let isTemporary: Bool
    var testDescription: String { "\(verb) \(reply)" }

    init(_ verb: String, _ reply: String, isTemporary: Bool) {
        self.verb = verb
        self.reply = reply
        self.isTemporary = isTemporary
    }

    static let all = [
        Refusing("GREETING", "554 5.3.2 no", isTemporary: true), Refusing("GREETING", "421 busy", isTemporary: true),
        Refusing("EHLO", "550 no", isTemporary: true), Refusing("MAIL", "451 4.3.0 later", isTemporary: true),
        Refusing("MAIL", "550 5.7.1 no", isTemporary: false), Refusing("RCPT", "450 4.2.1 busy", isTemporary: true),
        Refusing("RCPT", "550 5.1.1 nobody", isTemporary: false), Refusing("RCPT", "421 bye", isTemporary: true),
        Refusing("DATA", "451 later", isTemporary: true), Refusing("DATA", "554 no", isTemporary: false),
        Refusing("CONTENT", "452 4.3.1 full", isTemporary: true),
        Refusing("CONTENT", "554 5.6.0 no", isTemporary: false),
    ]
}

@Suite struct `A mail server that does not take a message` {
    @Test(arguments: Refusing.all) func `is believed`(refusing: Refusing) async throws {
        let server = try await MailServer(replies: [refusing.verb: [.string(refusing.reply)]])
        try await server.withDriver { driver in
            let failure = try #require(try await failure(driver, .mail()))
            #expect(failure.isTemporary == refusing.isTemporary)
            #expect(failure.reason.contains(refusing.reply), "\(failure.reason)")
            #expect(!failure.reason.contains("Good day"))
            // The next message goes.
            try await expectTaken(by: driver, .mail("msg_2"))
        }
        var last = try await server.peer.next("message")
        if refusing.verb == "CONTENT" { last = try await server.peer.next("message") }
        #expect(last["headers"]?["Message-ID"] == "<msg_2@lumen.example>")
    }

    @Test(arguments: [SMTPOptions.Security.starttls, .tls])
    func `for its certificate is another's gets no message`(security: SMTPOptions.Security) async throws {
        let server = try await MailServer(security, names: "DNS:mail.evil.example")
        try await server.withDriver { driver in
            let failure = try #require(try await failure(driver, .mail()))
            #expect(failure.isTemporary && failure.reason.lowercased().contains("mismatch"), "\(failure.reason)")
        }
    }

    @Test(arguments: [SMTPOptions.Security.starttls, .tls])
    func `for nobody vouches for it gets no message`(security: SMTPOptions.Security) async throws {
        let (server, other) = (try await MailServer(security), try DriverFolder())
        try await other.makeCertificate()
        try await withOutbound(trust: other.trust()) { client in
            let failure = try #require(try await failure(try server.driver(client), .mail()))
            #expect(failure.isTemporary && failure.reason.contains("tls"), "\(failure.reason)")
        }
    }

    @Test func `does not take the password, or knows no way to ask for it`() async throws {
        for (offers, users) in [
            (["AUTH PLAIN"], [:] as JSON), (["AUTH CRAM-MD5"], ["desk": "s3cret \\ 'word"]), ([], [:]),
        ] {
            let server = try await MailServer(.tls, offers: offers, users: users)
            try await server.withDriver(username: "desk") { driver in
                let failure = try #require(try await failure(driver, .mail()))
                #expect(failure.isTemporary && failure.reason.contains("AUTH"))
                #expect(!failure.reason.contains("s3cret"))
            }
        }
    }

    @Test func `waits while the password cannot be read`() async throws {
        let server = try await MailServer(.tls, offers: ["AUTH PLAIN"])
        try server.folder.write("", to: "word")
        try await server.withDriver(username: "desk") { driver in
            #expect(try await failure(driver, .mail())?.reason == "the file word is empty")
            // Mended without a reload.
            try server.folder.write("s3cret \\ 'word", to: "word")
            try await expectTaken(by: driver, .mail())
        }
    }

    /// What the server was told before the conversation ended.
    private static func commands(_ server: MailServer) async throws -> [String] {
        try await server.peer.events(until: ["gone", "quit"]).compactMap { event in
            event["event"] == "command" ? event["line"]?.string : nil
        }.filter { $0 != "QUIT" }
    }
}
