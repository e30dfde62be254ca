import Crypto
import PluginAPI
import PluginTestKit
import Testing

@Suite struct `The audit log of a portal` {
    static let audit = "/_portico/v1/audit"

    @Test func `is searched, in pages, and every reading is an entry`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (owner, caller) = try await portal.somebody("OWNER", email: "owner@shop.example")
            _ = await portal.send("GET", "/_portico/v1/me", as: caller)
            let all = await portal.send("GET", Self.audit, as: caller)
            #expect(all.status == 200)
            let newest = try #require(all.body["data"]?[0])
            #expect(newest["action"] == "audit.read" && newest["tenant"] == "test")
            #expect(newest["userId"] == .string(owner.rawValue) && newest["outcome"] == "success")
            #expect(newest["requestId"]?.string == all.headers["x-request-id"])
            let sessions = await portal.send("GET", Self.audit + "?action=session.*&limit=1", as: caller)
            #expect(sessions.body["data"]?.elements.map { $0["action"] } == ["session.started"])
            #expect(sessions.body["pagination"]?["total"] == 1)
            for (query, count) in [
                ("userId=\(owner.rawValue)&action=audit.read", 2), ("outcome=refused", 0), ("action=audit", 0),
                ("subject=\(owner.rawValue)&action=role.granted", 1), ("from=2030-01-01T00:00:00Z", 0),
                ("to=2030-01-01T00:00:00Z&action=person.added", 1),
            ] {
                let found = await portal.send("GET", Self.audit + "?" + query, as: caller)
                // The reading itself stands in the log when it is searched.
                let own = query.hasSuffix("audit.read") ? 1 : 0
                #expect(found.body["pagination"]?["total"] == .integer(Int64(count + own)), "\(query)")
            }
            let wrong = await portal.send("GET", Self.audit + "?outcome=maybe&from=yesterday", as: caller)
            #expect(wrong.status == 400)
        }
    }

    @Test func `is not for everybody`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, clerk) = try await portal.somebody("CLERK", email: "clerk@shop.example")
            for path in [Self.audit, Self.audit + "/heads"] {
                #expect(await portal.send("GET", path).status == 401)
                #expect(await portal.send("GET", path, as: clerk).status == 403)
            }
        }
    }

    @Test func `is signed within the hour, and the head proves it to others`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, caller) = try await portal.somebody("OWNER", email: "owner@shop.example")
            let heads = Self.audit + "/heads"
            #expect(await portal.send("GET", heads, as: caller).body["data"] == [])
            portal.clock.advance(by: .seconds(3601))
            await portal.work()
            let head = try #require(await portal.send("GET", heads, as: caller).body["data"]?[0])
            let point = try #require(Base64URL.decode(head["publicKey"]?.string ?? ""))
            let signature = try #require(P256Signature(Base64URL.decode(head["signature"]?.string ?? "") ?? []))
            let text = head["signed"]?.string ?? ""
            #expect(try P256Key.Public(point: point).verify(signature, of: Array(text.utf8)))
            #expect(text.contains(" test head ") && text.contains(head["hash"]?.string ?? "-"))
            // Nothing more is signed while nothing more happens.
            portal.clock.advance(by: .seconds(7200))
            await portal.work()
            let again = await portal.send("GET", heads, as: caller).body["pagination"]?["total"]
            #expect(again == 2, "the sign-in of a token made anew is signed, and nothing twice")
            let verified = await portal.send("POST", Self.audit + "/verify", as: caller)
            #expect(verified.body["isWhole"] == true)
        }
    }

    @Test func `is trimmed after its days, and what is left is still proven`() async throws {
        try await withPlugin(Shop.self) { portal in
            let (_, caller) = try await portal.somebody("OWNER", email: "owner@shop.example")
            _ = await portal.send("GET", Self.audit, as: caller)
            let before = await portal.audit.count
            portal.clock.advance(by: .seconds(91 * 86_400))
            await portal.work()
            // Another key has begun to sign in the meantime, and nothing else has happened.
            #expect(await portal.audit.allSatisfy { $0.action == "signing-key.rotated" })
            let verified = await portal.send("POST", Self.audit + "/verify", as: caller)
            #expect(verified.body["isWhole"] == true)
            // Signed in anew since.
            #expect((verified.body["entries"]?.integer ?? 0) > before)
            let heads = await portal.send("GET", Self.audit + "/heads", as: caller).body["data"]?.elements ?? []
            #expect(heads.contains { $0["kind"] == "checkpoint" && $0["number"] == .integer(Int64(before)) })
        }
    }
}
