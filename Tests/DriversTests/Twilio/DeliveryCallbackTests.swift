import Database
import PluginAPI
import Testing

@testable import Host
@testable import PluginTestKit

@Suite struct `Reports of a provider` {
    /// A portal whose texts go by a provider that speaks Twilio's form.
    private static func withPortal(
        _ more: JSON.Members = [:], _ body: (Portal, Peer, DriverFolder) async throws -> Void
    ) async throws {
        let folder = try DriverFolder()
        try folder.write("s3cret", to: "token")
        let peer = try await Peer("provider_peer.py", ["account": "AC1", "token": "s3cret"])
        let sms: JSON = [
            "driver": "twilio", "baseUrl": .string("http://127.0.0.1:\(peer.port)"), "accountSid": "AC1",
            "authToken": ["$file": .string("\(folder.path)/token")], "from": "+15550109999",
        ]
        var tenant = more
        tenant["channels"] = ["sms": sms]
        try await withPlugin(Chimes.self, tenant: .object(tenant)) { try await body($0, peer, folder) }
    }

    /// Has somebody ring, and returns the message as the provider got it.
    private static func ring(_ portal: Portal, _ peer: Peer) async throws -> JSON {
        let ola = try await portal.person(phone: "+15550100001", roles: ["customer"])
        let answer = await portal.send("POST", "/chimes", ["text": "ding"], as: .person(ola))
        try #require(answer.status == 204)
        await portal.work()
        return try await peer.next("message")
    }

    private static func reports(_ portal: Portal, _ id: String) async throws -> [String] {
        let database = try await portal.stage.host.runtime(portal.tenant).database
        return try await database.write(as: .host) { session in
            try DeliveryReportTable.reports(on: id, HostWriter(session)).map { "\($0.status) \($0.errorCode ?? "-")" }
        }
    }

    @Test func `are kept when the provider signed them`() async throws {
        try await Self.withPortal { portal, peer, _ in
            let sent = try await Self.ring(portal, peer)
            #expect(sent["fields"]?["Body"] == "It rang: ding")
            let url = try #require(sent["fields"]?["StatusCallback"]?.string)
            let id = try #require(sent["key"]?.string)
            #expect(url.hasSuffix("/_portico/v1/callbacks/sms/\(id)"))
            let orders: [JSON] = [
                ["status": "sent"], ["status": "undelivered", "extra": ["ErrorCode": "30005"]],
                ["status": "undelivered"], ["status": "unheard-of"],
            ]
            for order in orders {
                try Self.tell(peer, order, url, portal)
                #expect(try await peer.next("reported")["status"] == 204)
            }
            #expect(try await Self.reports(portal, id) == ["sent -", "undelivered 30005"])
            #expect(portal.faults.isEmpty)
        }
    }

    @Test func `are refused when anybody else did, or they are about nothing`() async throws {
        try await Self.withPortal { portal, peer, folder in
            let sent = try await Self.ring(portal, peer)
            let url = try #require(sent["fields"]?["StatusCallback"]?.string)
            let id = try #require(sent["key"]?.string)
            for (order, status) in [
                (["status": "delivered", "unsigned": true] as JSON, 403),
                (["status": "sent", "tamper": ["MessageStatus": "delivered"]], 403),
                (["status": "sent", "tamper": ["More": "1"]], 403),
            ] {
                try Self.tell(peer, order, url, portal)
                #expect(try await peer.next("reported")["status"]?.integer == Int64(status))
            }
            for other in [url + "0", url.replacing("/sms/", with: "/whatsapp/"), url.replacing("/sms/", with: "/fax/")]
            {
                try Self.tell(peer, ["status": "sent"], other, portal)
                #expect(try await peer.next("reported")["status"] == 404)
            }
            // Signed with the password that was, for the address of this message.
            try folder.write("another", to: "token")
            try Self.tell(peer, ["status": "sent"], url, portal)
            #expect(try await peer.next("reported")["status"] == 403)
            #expect(try await Self.reports(portal, id) == [])
        }
    }

    @Test func `are on messages that say nothing outside of the portal, where it is set so`() async throws {
        try await Self.withPortal(["messaging": ["privateContent": true]]) { portal, peer, _ in
            let sent = try await Self.ring(portal, peer)
            let body = try #require(sent["fields"]?["Body"]?.string)
            #expect(body.hasPrefix("You have a message from ") && body.contains("http://test.localhost"))
        }
    }

    @Test func `hand over what people write, once, and nothing of strangers`() async throws {
        try await Self.withPortal { portal, peer, _ in
            let sent = try await Self.ring(portal, peer)
            let url = try #require(sent["fields"]?["StatusCallback"]?.string)
            let inbound =
                url.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
                + "/inbound"
            func write(_ body: String, from phone: String, _ reference: String, _ more: JSON = [:]) async throws
                -> JSON?
            {
                let order: JSON = [
                    "status": "received",
                    "extra": ["From": .string(phone), "Body": .string(body), "MessageSid": .string(reference)],
                ]
                try Self.tell(peer, order.merged(with: more), inbound, portal)
                return try await peer.next("reported")["status"]
            }
            #expect(try await write("1", from: "+15550100001", "SM1") == 204)
            #expect(try await write("1", from: "+15550100001", "SM1") == 204)
            #expect(try await write("1", from: "+15550199999", "SM2") == 204)
            #expect(try await write("1", from: "+15550100001", "SM3", ["unsigned": true]) == 403)
            let heard = await portal.events.filter { $0.name == "portico.text-received" }
            #expect(heard.map { $0.payload["text"] } == ["1"])
            #expect(heard.first?.payload["channel"] == "sms")
            #expect(portal.faults.isEmpty)
        }
    }

    private static func tell(_ peer: Peer, _ order: JSON, _ url: String, _ portal: Portal) throws {
        guard case .object(var members) = order else { return }
        members["url"] = .string(url)
        members["port"] = .integer(Int64(portal.port))
        try peer.tell(.object(members))
    }
}

@Suite struct `The push key of a portal` {
    @Test func `is the same for all its people, and another's in another portal`() async throws {
        try await withPlugin(Chimes.self, tenants: ["one", "two"]) { portal in
            var keys: [String] = []
            for portal in [portal, portal, portal.at("two")] {
                let ola = try await portal.person(
                    email: "ola\(keys.count)@example.com", roles: ["customer"])
                let shown = await portal.send("GET", "/_portico/v1/me/push-key", as: .person(ola))
                keys.append(try #require(shown.body["publicKey"]?.string))
            }
            #expect(keys[0] == keys[1] && keys[0] != keys[2] && keys[0].utf8.count == 87)
            #expect(await portal.send("GET", "/_portico/v1/me/push-key").status == 401)
        }
    }
}

@Suite struct `Where messages go` {
    @Test func `only the tenant's file decides`() async throws {
        let mail: JSON = [
            "driver": "smtp", "host": "mail.example.com", "username": "u", "password": ["$env": "SMTP_PASSWORD"],
            "from": "desk@example.com",
        ]
        try await withPlugin(Chimes.self, tenant: ["channels": ["email": mail]]) { portal in
            let id = try await portal.person(email: "root@example.com", roles: ["admin"])
            let admin = PluginTestKit.Caller.person(id, by: ["pwd"])
            let settings = "/_portico/v1/settings"
            for change in [["host": "evil.example"], ["port": 2525], ["username": "v"], ["security": "none"]] as [JSON]
            {
                let answer = await portal.send("PATCH", settings, ["channels": ["email": change]], as: admin)
                #expect(answer.status == 403, "\(change)")
            }
            let sms: JSON = ["driver": "twilio", "baseUrl": "https://evil.example", "accountSid": "AC1", "from": "x"]
            #expect(await portal.send("PATCH", settings, ["channels": ["sms": sms]], as: admin).status == 403)
            let from: JSON = ["channels": ["email": ["from": "Front Desk <front@example.com>"]]]
            #expect(await portal.send("PATCH", settings, from, as: admin).status == 200)
        }
    }
}
