import HTTPServer
import PluginTestKit
import Testing

@testable import Host

@Suite struct `The signature of a webhook` {
    /// The vector that the reference libraries of Standard Webhooks are tested with.
    @Test func `is that of Standard Webhooks`() throws {
        let secret = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let header = WebhookSignature.header(
            [secret], id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330,
            body: Array(#"{"test": 2432232314}"#.utf8))
        #expect(header == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `takes secrets of 24 to 64 bytes`() {
        #expect(WebhookSecret(WebhookSecret().text) != nil)
        #expect(WebhookSecret().text != WebhookSecret().text)
        for bad in ["", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!!"] {
            #expect(WebhookSecret(bad) == nil)
        }
    }

    @Test func `is of both secrets for a while after a rotation`() async throws {
        try await withReceiver { receiver in
            try await withHooks { hooks in
                let webhook = try await hooks.add(
                    receiver.address, secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                let old = try #require(WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                let id = try #require(webhook["id"]?.string)
                let rotated = await hooks.portal.send(
                    "POST", "\(Hooks.path)/\(id)/rotate", ["overlapHours": 1], as: hooks.admin)
                #expect(rotated.status == 200, "\(rotated.text)")
                let new = try #require(rotated.body["secret"]?.string.flatMap { WebhookSecret($0) })
                #expect(await hooks.get("/\(id)")["secret"] == .null)
                await hooks.note(1)
                await hooks.until { receiver.messages.count == 1 }
                hooks.portal.clock.advance(by: .seconds(3601))
                await hooks.note(2)
                await hooks.until { receiver.messages.count == 2 }
                for (message, secrets) in zip(receiver.messages, [[new, old], [new]]) {
                    let timestamp = try #require(Int64(message.timestamp))
                    #expect(
                        message.signature
                            == WebhookSignature.header(
                                secrets, id: message.id, timestamp: timestamp, body: message.body))
                }
            }
        }
    }
}

@Suite struct `The pattern of a webhook` {
    @Test func `is a name, what begins so, or everything`() {
        #expect(WebhookPattern("message.created")?.matches("message.created") == true)
        #expect(WebhookPattern("message.created")?.matches("message.created.now") == false)
        #expect(WebhookPattern("message.*")?.matches("message.created") == true)
        #expect(WebhookPattern("message.*")?.matches("messages.created") == false)
        #expect(WebhookPattern("*")?.matches("anything.at-all") == true)
        for bad in ["", ".", "a..b", "*.created", "a.*.b", "A.b", "a b", "**", "a.b*"] {
            #expect(WebhookPattern(bad) == nil, "\(bad)")
        }
    }
}
