import Foundation
import HTTPServer
import PluginAPI
import PluginTestKit
import Testing

@testable import Host

@Suite struct `Texts by a provider` {
    private static func provider(_ replies: [JSON] = []) async throws -> Peer {
        try await Peer("provider_peer.py", ["account": "AC1", "token": "s3cret", "replies": .array(replies)])
    }

    private static func driver(
        _ peer: Peer, _ folder: DriverFolder, _ client: HTTPClient, channel: Channel = .sms,
        from: String = "+15550109999", origin: String = "https://lumen.example", word: String = "s3cret"
    ) throws -> TwilioDriver {
        try folder.write(word + "\n", to: "token")
        let options = TwilioOptions(
            driver: .twilio, baseUrl: try #require(ProviderAddress("http://127.0.0.1:\(peer.port)/")),
            accountSid: "AC1", authToken: .file("token"), from: from)
        return TwilioDriver(options: options, channel: channel, folder: folder.path, origin: origin, client: client)
    }

    @Test func `arrive in Twilio's form`() async throws {
        let (peer, folder) = (try await Self.provider(), try DriverFolder())
        try await withOutbound { client in
            let reference = try await Self.driver(peer, folder, client).send(
                .text(body: "Größe & Code: 1+1=2\n100 %\u{1F3E5}"))
            #expect(reference?.hasPrefix("SM") == true)
        }
        let got = try await peer.next("message")
        #expect(got["path"] == "/2010-04-01/Accounts/AC1/Messages.json" && got["known"] == true)
        #expect(got["type"] == "application/x-www-form-urlencoded" && got["key"] == "msg_1")
        #expect(
            got["fields"] == [
                "To": "+15550100001", "From": "+15550109999", "Body": "Größe & Code: 1+1=2\n100 %\u{1F3E5}",
                "StatusCallback": "https://lumen.example/_portico/v1/callbacks/sms/msg_1",
            ])
    }

    @Test func `go by WhatsApp, and by a messaging service`() async throws {
        let (peer, folder) = (try await Self.provider(), try DriverFolder())
        try await withOutbound { client in
            _ = try await Self.driver(peer, folder, client, channel: .whatsapp).send(.text(on: .whatsapp))
            let got = try await peer.next("message")
            #expect(
                got["fields"]?["To"] == "whatsapp:+15550100001" && got["fields"]?["From"] == "whatsapp:+15550109999")
            _ = try await Self.driver(peer, folder, client, from: "MG0123").send(.text())
            let other = try await peer.next("message")
            #expect(other["fields"]?["MessagingServiceSid"] == "MG0123" && other["fields"]?["From"] == nil)
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let reply: JSON
        let isTemporary: Bool
        var pause: Duration?
        var words = ""
        var testDescription: String { reply.text }
    }

    @Test(arguments: [
        Case(
            reply: [400, [:], ["code": 21211, "message": "+15550100001 is no number", "status": 400]],
            isTemporary: false, words: "21211"),
        Case(reply: [429, ["Retry-After": "7"], ["code": 20429]], isTemporary: true, pause: .seconds(7)),
        Case(reply: [429, [:], "slow down"], isTemporary: true, pause: .seconds(5)),
        Case(reply: [503, ["Retry-After": "120"], "<html>"], isTemporary: true, pause: .seconds(120)),
        Case(
            reply: [503, ["Retry-After": "Sat, 28 Nov 2026 09:30:00 GMT"], ""], isTemporary: true, pause: .seconds(60)),
        Case(reply: [500, ["Retry-After": "-5"], ""], isTemporary: true, pause: .zero),
        Case(reply: [401, [:], ["code": 20003]], isTemporary: true, words: "20003"),
        Case(
            reply: [201, [:], ["sid": "SM1", "status": "failed", "error_code": 30003]], isTemporary: false,
            words: "30003"),
        Case(reply: [404, [:], ""], isTemporary: false),
        Case(reply: [302, ["Location": "http://x/"], ""], isTemporary: false),
        Case(reply: "DROP", isTemporary: true),
    ]) func `are tried again where that may help`(wanted: Case) async throws {
        let (peer, folder) = (try await Self.provider([wanted.reply]), try DriverFolder())
        try await withOutbound { client in
            let driver = try Self.driver(peer, folder, client)
            let failure = try #require(try await failure(driver, .text(body: "hush")))
            #expect(failure.isTemporary == wanted.isTemporary && failure.retryAfter == wanted.pause)
            #expect(wanted.words.isEmpty || failure.reason.contains(wanted.words), "\(failure.reason)")
            #expect(!failure.reason.contains("hush") && !failure.reason.contains("+1555"))
            #expect(try await driver.send(.text()) != nil)
        }
    }

    @Test func `wait while the password is wrong or cannot be read`() async throws {
        let (peer, folder) = (try await Self.provider(), try DriverFolder())
        try await withOutbound { client in
            let driver = try Self.driver(peer, folder, client, word: "wrong")
            #expect(try await failure(driver, .text())?.isTemporary == true)
            try folder.write("", to: "token")
            #expect(try await failure(driver, .text())?.reason == "the file token is empty")
        }
    }

    @Test func `name an address for reports that the provider can reach, or none`() async throws {
        let (peer, folder) = (try await Self.provider(), try DriverFolder())
        try folder.write("x", to: "token")
        try await withOutbound { client in
            let far = TwilioOptions(
                driver: .twilio, baseUrl: .twilio, accountSid: "AC1", authToken: .file("token"), from: "+1555")
            let plain = TwilioDriver(
                options: far, channel: .sms, folder: folder.path, origin: "http://lumen.localhost:8080", client: client)
            #expect(!plain.confirmsDelivery)
            let near = try Self.driver(peer, folder, client)
            #expect(near.confirmsDelivery)
        }
    }

    /// The provider's own published example of how it signs.
    @Test func `are reported on with the provider's signature`() {
        let fields = [
            (name: "CallSid", value: "CA1234567890ABCDE"), (name: "Caller", value: "+14158675309"),
            (name: "Digits", value: "1234"), (name: "From", value: "+14158675309"),
            (name: "To", value: "+18005551212"),
        ]
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2"
        let signature = TwilioSignature.of(url, fields.reversed(), token: "12345")
        #expect(signature == "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
        #expect(TwilioSignature.isGood(signature, of: url, fields, token: "12345"))
        #expect(!TwilioSignature.isGood(signature, of: url + "0", fields, token: "12345"))
        #expect(!TwilioSignature.isGood(signature, of: url, Array(fields.dropLast()), token: "12345"))
        #expect(!TwilioSignature.isGood(signature, of: url, fields, token: "12346"))
        for bad in ["", "=", "RSOYDt4T1cUTdK1PDd93/VVr8B8", "AAAA"] {
            #expect(!TwilioSignature.isGood(bad, of: url, fields, token: "12345"))
        }
    }
}
