import PluginAPI
import Testing

@testable import Host
@testable import PluginTestKit

@Suite struct `Conversations that last` {
    @Test func `sixteen who write at once lose nothing and get one order`() async throws {
        try await withPlugin(Praxis.self) { portal in
            let ola = try await portal.somebody("customer")
            let thread = try #require(await portal.ask("m", as: ola.caller).data["threadId"]?.string)
            var staff: [PluginTestKit.Caller] = []
            for number in 0..<15 {
                let one = try await portal.person(email: "s\(number)@example.com", roles: ["support"])
                staff.append(.person(one))
                // A session of their own before they all write.
                #expect(await portal.send("GET", Praxis.staff, as: .person(one)).status == 200)
            }
            let writers = staff
            let each = 8
            await withTaskGroup(of: Void.self) { group in
                for (number, caller) in writers.enumerated() {
                    group.addTask {
                        for count in 0..<each {
                            let sent = await portal.send(
                                "POST", "\(Praxis.staff)/\(thread)/messages", ["text": .string("\(number)-\(count)")],
                                as: caller)
                            #expect(sent.status == 201, "\(sent.text)")
                        }
                    }
                }
                group.addTask {
                    for count in 0..<each {
                        let body: JSON = ["threadId": .string(thread), "message": .string("15-\(count)")]
                        let sent = await portal.send("POST", Praxis.messages, body, as: ola.caller)
                        #expect(sent.status == 201, "\(sent.text)")
                    }
                }
            }
            let count = 16 * each + 1
            var texts: [String] = []
            var numbers: [Int64] = []
            for page in 1...2 {
                let list = await portal.send(
                    "GET", "\(Praxis.staff)/\(thread)/messages?limit=100&page=\(page)", as: writers[0])
                #expect(list.body["pagination"]?["total"]?.integer == Int64(count))
                texts += list.body["data"]?.elements.compactMap { $0["text"]?.string } ?? []
                numbers += list.body["data"]?.elements.compactMap { $0["number"]?.integer } ?? []
            }
            #expect(texts.count == count && Set(texts).count == count)
            #expect(numbers == numbers.sorted(by: >) && Set(numbers).count == count)
            // Each writer's own come in the order in which they were sent.
            for number in 0..<16 {
                let own = texts.reversed().filter { $0.hasPrefix("\(number)-") }
                #expect(own == (0..<each).map { "\(number)-\($0)" })
            }
            // What is counted is what is there.
            let people = await portal.send("GET", "\(Praxis.staff)/\(thread)/participants", as: writers[0])
            #expect(people.body["data"]?.elements.count == 16)
            let messages = Array(texts.reversed())
            for one in people.body["data"]?.elements ?? [] {
                let caller = PluginTestKit.Caller.person(PersonID(rawValue: one["id"]?.string ?? ""))
                let isCustomer = one["side"] == "customer"
                let path = isCustomer ? "/_portico/v1/me/conversations/\(thread)" : "\(Praxis.staff)/\(thread)"
                let shown = await portal.send("GET", path, as: caller)
                let index = isCustomer ? 15 : writers.firstIndex(of: caller) ?? -1
                let last = messages.lastIndex { $0.hasPrefix("\(index)-") } ?? -1
                // Whoever writes has read what came before.
                #expect(
                    (shown.data["unreadCount"] ?? shown.body["unreadCount"])?.integer
                        == Int64(messages.count - 1 - last), "\(shown.text)")
            }
        }
    }

    @Test func `what was acknowledged is there after the process was killed, and is told of once`() async throws {
        let folder = try TemporaryFolder()
        defer { folder.remove() }
        try folder.write(
            #"{"name": "Test", "zone": "UTC", "language": "en", "channels": {"email": {"driver": "capture"}}, "plugins": {"praxis": {}}}"#,
            to: "before/tenants/test/tenant.json")
        try folder.write("cG9ydGljbyB0ZXN0IGtpdCBtYXN0ZXIga2V5IDMyYiE=", to: "before/master.key")
        let clock = TestClock(TestClock.start)
        func host(_ name: String) async throws -> TestHost {
            var options = HostOptions(
                tenants: "\(folder.path)/\(name)/tenants", data: "\(folder.path)/\(name)/data")
            options.masterKeyFile = "\(folder.path)/\(name)/master.key"
            options.clock = clock
            return try await TestHost(plugins: [Praxis.self], options: options)
        }
        let before = try await host("before")
        var people: [PersonID] = []
        for (name, role) in [("ola", "customer"), ("sue", "support")] {
            var change = PersonChange()
            change.givenName = .set(name)
            change.email = .set(try #require(Email("\(name)@example.com")))
            people.append(
                try await before.addPerson(change, roles: [("praxis", role, nil)], in: "test"))
        }
        let ola = try await before.signIn(people[0], methods: ["pwd"], at: "praxis", in: "test").token
        let sue = try await before.signIn(people[1], methods: ["pwd"], at: "praxis", in: "test").token
        func send(_ host: TestHost, _ method: String, _ path: String, _ body: JSON?, _ token: String) async -> JSON {
            let bytes = RequestText.bytes(
                method, path, host: "test.localhost", token: token, headers: [:],
                body: body.map { Array($0.text.utf8) })
            guard let answer = await host.exchange(bytes), answer.status < 300 else { return .null }
            return (try? JSONDocument(answer.body).root.tree) ?? .null
        }
        let asked = await send(
            before, "POST", Praxis.messages, ["recipientType": "support", "subject": "Q", "message": "First"], ola)
        let thread = try #require(asked["data"]?["threadId"]?.string)
        for number in 0..<5 {
            let sent = await send(
                before, "POST", "\(Praxis.staff)/\(thread)/messages", ["text": .string("a\(number)")], sue)
            #expect(sent["data"]?["id"]?.string != nil)
        }
        // What a killed process leaves: the files as they are at this moment, nothing closed.
        try folder.copy("before", to: "after")
        let after = try await host("after")
        let list = await send(after, "GET", "\(Praxis.messages)/threads/\(thread)", nil, ola)
        #expect(
            list["data"]?["messages"]?.elements.compactMap { $0["message"]?.string }
                == ["First", "a0", "a1", "a2", "a3", "a4"])
        #expect(list["data"]?["unreadCount"] == 5, "\(list.text)")
        await after.work()
        await after.work()
        let told = try await after.messages(in: "test").map(\.to)
        #expect(told.filter { $0 == "ola@example.com" }.count == 5)
        // Who has answered need not be told of the question any more.
        #expect(told.filter { $0 == "sue@example.com" }.isEmpty)
        let sent = await send(
            after, "POST", Praxis.messages, ["threadId": .string(thread), "message": "Later"], ola)
        #expect(sent["data"]?["status"] == "read")
        await after.stop()
        await before.stop()
    }
}
