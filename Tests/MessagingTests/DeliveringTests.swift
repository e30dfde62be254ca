import PluginAPI
import PluginTestKit
import Testing

@Suite struct `A notice` {
    @Test func `goes by the first channel with an address when nothing was said, and is in the portal`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            let (bob, _) = try await portal.listener(email: nil, phone: "+15550100002", language: "de")
            #expect(await portal.tell(ann, "one") == 204)
            #expect(await portal.tell(bob, "two") == 204)
            await portal.work()
            let sent = await portal.outbox.messages.map { "\($0.channel.rawValue) \($0.to) \($0.subject) \($0.words)" }
            #expect(
                Set(sent) == ["email ann@listeners.example News Hear: one", "sms +15550100002  Hört: two"])
            let shown = await portal.send("GET", "/_portico/v1/me/notifications", as: caller)
            #expect(shown.body["unread"] == 1 && shown.body["pagination"]?["total"] == 1)
            let first = try #require(shown.body["data"]?.elements.first)
            #expect(first["title"] == "News" && first["body"] == "Hear: one" && first["isRead"] == false)
            #expect(await portal.events.contains { $0.name == "portico.notification" && $0.owner == ann })
        }
    }

    @Test func `goes by every channel that was chosen, and by none that is off`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            let admin = try await portal.administrator()
            _ = await portal.prefer(["categories": ["case_updates": ["on": ["email", "sms"]]]], as: caller)
            _ = await portal.tell(ann, "one")
            await portal.work()
            #expect(await Set(portal.outbox.messages.map(\.channel)) == [.email, .sms])
            _ = await portal.prefer(["channels": ["sms": ["enabled": false]]], as: caller)
            _ = await portal.tell(ann, "two")
            await portal.work()
            #expect(await portal.outbox.messages.filter { $0.words.hasSuffix("two") }.map(\.channel) == [.email])
            let held = await portal.deliveries("&channel=sms&state=suppressed", as: admin)
            #expect(held.map { $0["reason"] } == ["channel"])
            let id = try #require(held.first?["id"]?.string)
            let trace = await portal.send("GET", "/_portico/v1/deliveries/\(id)/trace", as: admin)
            #expect(
                trace.body["steps"]?.elements.map { "\($0["rule"]?.string ?? "") \($0["verdict"]?.string ?? "")" }
                    == ["importance normal", "channel off"])
        }
    }

    @Test func `waits for the end of quiet hours, and an emergency does not`() async throws {
        // 2027-03-08T09:00Z is 18:00 in Tokyo.
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            let admin = try await portal.administrator()
            _ = await portal.prefer(
                [
                    "timezone": "Asia/Tokyo",
                    "doNotDisturb": ["start": "17:00", "end": "19:30", "emergencyOverride": true],
                ], as: caller)
            for (text, type) in [("late", Herald.update), ("now", Herald.alarm), ("must", Herald.warning)] {
                _ = await portal.tell(ann, text, type)
            }
            _ = await portal.tell(ann, "urgent", isUrgent: true)
            await portal.work()
            #expect(await Set(portal.outbox.messages.map(\.words)) == ["Hear: now", "Hear: must", "Hear: urgent"])
            let waiting = await portal.deliveries("&state=waiting", as: admin)
            #expect(waiting.map { $0["dueAt"]?.string } == ["2027-03-08T10:30:00Z"])
            let message = try #require(waiting.first?["messageId"]?.string)
            let why = await portal.send("GET", "/_portico/v1/me/notifications/\(message)/why", as: caller)
            let mail = why.body["ways"]?.elements.first { $0["channel"] == "email" }
            #expect(mail?["because"] == "It waits for the end of your quiet hours, on 2027-03-08 19:30 (JST).")
            portal.clock.advance(by: .seconds(89 * 60))
            await portal.work()
            #expect(await portal.outbox.messages.count == 3)
            portal.clock.advance(by: .seconds(60))
            await portal.work()
            #expect(await portal.outbox.messages.last?.words == "Hear: late")
            // Somebody who lets no emergency through has peace.
            _ = await portal.prefer(
                ["doNotDisturb": ["start": "19:00", "end": "22:00", "emergencyOverride": false]], as: caller)
            _ = await portal.tell(ann, "no", Herald.alarm)
            await portal.work()
            #expect(await portal.outbox.messages.last?.words == "Hear: late")
        }
    }

    @Test func `that waits is not sent when the person does not want it any more`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            let admin = try await portal.administrator()
            _ = await portal.prefer(
                ["timezone": "UTC", "doNotDisturb": ["start": "08:00", "end": "10:00"]], as: caller)
            _ = await portal.tell(ann, "one")
            _ = await portal.tell(ann, "two", key: "k")
            await portal.work()
            _ = await portal.prefer(["channels": ["email": ["enabled": false]]], as: caller)
            _ = await portal.tell(ann, "never mind", key: "k")
            portal.clock.advance(by: .seconds(7200))
            await portal.work()
            #expect(await portal.outbox.messages.isEmpty)
            let states = await portal.deliveries("&channel=email", as: admin).compactMap { $0["state"]?.string }
            #expect(Set(states) == ["withdrawn", "suppressed"])
        }
    }

    @Test func `is put together with others in a digest at the person's hour`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            _ = await portal.prefer(
                [
                    "timezone": "America/New_York",
                    "categories": ["educational_content": ["frequency": "daily", "time": "07:30"]],
                ], as: caller)
            for text in ["one", "two"] {
                _ = await portal.tell(ann, text, Herald.lesson)
                await portal.work()
                portal.clock.advance(by: .seconds(60))
            }
            #expect(await portal.outbox.messages.isEmpty)
            // 07:30 in New York is 12:30Z on that day.
            portal.clock.set(try #require(Instant(rfc3339: "2027-03-08T12:29:59Z")))
            await portal.work()
            #expect(await portal.outbox.messages.isEmpty)
            portal.clock.advance(by: .seconds(1))
            await portal.work()
            let sent = await portal.outbox.messages
            #expect(sent.map(\.subject) == ["2 updates from Test Portal"])
            #expect(sent.first?.words == "- News\n  Hear: one\n\n- News\n  Hear: two")
            await portal.work()
            #expect(await portal.outbox.messages.count == 1)
        }
    }

    @Test func `reaches devices, and tells of those that no driver reaches`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            let admin = try await portal.administrator()
            let devices = "/_portico/v1/me/devices"
            let subscription =
                #"{"endpoint":"https://push.example/1","keys":{"p256dh":"BPk","auth":"c2VjcmV0"}}"#
            let phone: JSON = ["platform": "ios", "deviceToken": "token", "deviceId": "phone", "appVersion": "1"]
            let browser: JSON = [
                "platform": "web", "deviceToken": .string(subscription), "deviceId": "browser",
                "preferences": ["badge": true, "quietHours": ["enabled": false, "start": "22:00", "end": "08:00"]],
            ]
            #expect(await portal.send("POST", devices, phone, as: caller).status == 201)
            #expect(await portal.send("POST", devices, browser, as: caller).status == 201)
            #expect(await portal.send("POST", devices, browser, as: caller).status == 201)
            let bad: JSON = ["platform": "web", "deviceToken": "x", "deviceId": "y"]
            let refused = await portal.send("POST", devices, bad, as: caller)
            #expect(refused.status == 400 && refused.text.contains("\"deviceToken\""))
            let listed = await portal.send("GET", devices, as: caller)
            #expect(listed.body["data"]?.elements.map { $0["deviceId"] }.count == 2)
            #expect(!listed.text.contains("push.example"))
            _ = await portal.tell(ann, "one")
            await portal.work()
            #expect(await Set(portal.outbox.messages.map(\.to)) == ["ann@listeners.example", subscription])
            let held = await portal.deliveries("&channel=push&state=suppressed", as: admin)
            let id = try #require(held.first?["id"]?.string)
            let trace = await portal.send("GET", "/_portico/v1/deliveries/\(id)/trace", as: admin)
            #expect(trace.body["steps"]?.elements.last?["verdict"] == "no_driver")
            #expect(await portal.send("DELETE", devices + "/browser", as: caller).status == 204)
            #expect(await portal.send("DELETE", devices + "/browser", as: caller).status == 404)
        }
    }

    @Test func `is read and unread, by its own person alone`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (ann, caller) = try await portal.listener()
            let (_, bob) = try await portal.listener(email: "bob@listeners.example", phone: nil)
            let list = "/_portico/v1/me/notifications"
            for text in ["one", "two"] { _ = await portal.tell(ann, text) }
            await portal.work()
            let items = await portal.send("GET", list, as: caller).body["data"]?.elements ?? []
            let id = try #require(items.first?["id"]?.string)
            for action in ["read", "unread"] {
                #expect(await portal.send("POST", "\(list)/\(id)/\(action)", as: bob).status == 404)
            }
            #expect(await portal.send("GET", "\(list)/\(id)/why", as: bob).status == 404)
            #expect(await portal.send("POST", "\(list)/\(id)/read", as: caller).status == 200)
            #expect(await portal.send("GET", list + "?unread=true", as: caller).body["data"]?.elements.count == 1)
            #expect(await portal.send("POST", "\(list)/\(id)/unread", as: caller).status == 200)
            #expect(await portal.send("GET", list, as: caller).body["unread"] == 2)
            #expect(await portal.send("POST", list + "/read-all", as: caller).body["changed"] == 2)
            #expect(await portal.send("GET", list, as: bob).body["pagination"]?["total"] == 0)
        }
    }

    @Test func `is shown to staff by permission alone`() async throws {
        try await withPlugin(Herald.self) { portal in
            let (_, ann) = try await portal.listener()
            for path in ["", "/dead-letters", "/dlv_1", "/dlv_1/trace"] {
                #expect(await portal.send("GET", "/_portico/v1/deliveries" + path, as: ann).status == 403)
            }
            let admin = try await portal.administrator()
            #expect(await portal.send("GET", "/_portico/v1/deliveries/dlv_1/trace", as: admin).status == 404)
            #expect(await portal.send("POST", "/_portico/v1/deliveries/dlv_1/replay", as: admin).status == 404)
        }
    }
}
