import HTTPServer
import PluginAPI
import Synchronization
import Testing

@testable import Host

@Suite struct `The engine` {
    @Test func `sends what is due once, and says in the trace what every rule said`() async throws {
        try await withEngine { engine async throws in
            let sms = ScriptedDriver()
            let dispatcher = engine.dispatcher([.sms: sms])
            try await engine.notify(try await engine.person())
            #expect(try await dispatcher.sendDue(now: engine.store.now) > 0)
            #expect(try await dispatcher.sendDue(now: engine.store.now + .seconds(600)) == 0)
            #expect(sms.sent.map { "\($0.to) \($0.body)" } == ["+15550100001 Hear: one"])
            let sent = try #require(try await engine.deliveries().first { $0.channel == .sms })
            #expect(sent.state == .delivered && sent.reference == "ref-\(sent.id)" && sent.attempts == 1)
            #expect(sent.said == SentWords(address: "+15550100001", subject: "", body: "Hear: one"))
            #expect(
                try await engine.trace(sent) == [
                    "importance normal", "channel on", "category on", "choice open", "address found",
                    "frequency immediate", "send sent",
                ])
            let mail = try #require(try await engine.deliveries().first { $0.channel == .email })
            #expect(try await engine.trace(mail).last == "address no_address")
        }
    }

    @Test func `keeps those that nobody can send to out of the portal's way`() async throws {
        try await withEngine { engine async throws in
            let sms = ScriptedDriver()
            try await engine.notify(PersonID(rawValue: "usr_gone"))
            #expect(try await engine.dispatcher([.sms: sms]).sendDue(now: engine.store.now) == 1)
            #expect(sms.sent.isEmpty)
            let all = try await engine.deliveries(outside: false)
            #expect(all.map(\.reason) == ["person"] && all.first?.state == .suppressed)
        }
    }

    @Test func `tries again as the tenant says, not before the provider said, and gives up then`() async throws {
        try await withEngine { engine async throws in
            let later = DeliveryFailure(isTemporary: true, retryAfter: .seconds(40), reason: "later")
            let sms = ScriptedDriver([later, Engine.busy, Engine.busy])
            let dispatcher = engine.dispatcher([.sms: sms])
            let now = engine.store.now
            try await engine.code(expires: 10_000)
            _ = try await dispatcher.sendDue(now: now)
            #expect(try await engine.states() == ["sms waiting later"])
            #expect(try await dispatcher.sendDue(now: now + .seconds(39)) == 0)
            #expect(try await dispatcher.sendDue(now: now + .seconds(40)) == 1)
            // Ten seconds and up to a quarter.
            let due = try #require(try await engine.nextDue())
            #expect(due >= now + .seconds(50) && due <= now + .milliseconds(52_500))
            #expect(try await dispatcher.sendDue(now: due) == 1)
            #expect(try await engine.states() == ["sms dead busy"])
            #expect(try await engine.nextDue() == nil)
            #expect(sms.sent.count == 3 && Set(sms.sent.map(\.id)).count == 1)
            let dead = try #require(try await engine.deliveries().first)
            #expect(dead.attempts == 3)
            #expect(
                try await engine.trace(dead) == ["importance mandatory", "send retry", "send retry", "send dead"])
        }
    }

    @Test func `does not try again what will never arrive, until staff say so`() async throws {
        try await withEngine { engine async throws in
            let sms = ScriptedDriver([Engine.gone])
            let dispatcher = engine.dispatcher([.sms: sms])
            let now = engine.store.now
            try await engine.notify(try await engine.person())
            _ = try await dispatcher.sendDue(now: now)
            #expect(try await dispatcher.sendDue(now: now + .seconds(9999)) == 0)
            let dead = try #require(try await engine.deliveries().first { $0.state == .dead })
            #expect(dead.lastError == "no such number" && dead.attempts == 1)
            let again = now + .seconds(10_000)
            #expect(try await engine.store.write { try DeliveryTable.replay(dead, by: nil, now: again, $0) })
            #expect(try await engine.store.write { try !DeliveryTable.replay(dead, by: nil, now: again, $0) })
            _ = try await dispatcher.sendDue(now: again)
            #expect(try await engine.states().contains("sms delivered "))
            #expect(try await engine.trace(dead).suffix(3) == ["send dead", "replay asked", "send sent"])
        }
    }

    @Test func `does not send a notice when its moment is over`() async throws {
        try await withEngine { engine async throws in
            let sms = ScriptedDriver()
            let (dispatcher, now) = (engine.dispatcher([.sms: sms]), engine.store.now)
            let person = try await engine.person()
            for end in [100, 300] as [Int64] {
                try await engine.notify(
                    person, "until \(end)", notBefore: now + .seconds(50), notAfter: now + .seconds(end))
            }
            // The program was not there when it was time.
            for _ in 0..<3 { _ = try await dispatcher.sendDue(now: now + .seconds(200)) }
            #expect(sms.sent.map(\.body) == ["Hear: until 300"])
            let dead = try await engine.deliveries().filter { $0.state == .dead }
            #expect(dead.count == 1 && dead.allSatisfy { $0.reason == "expired" })
        }
    }

    @Test func `does not send what has expired, nor replays it`() async throws {
        try await withEngine { engine async throws in
            let sms = ScriptedDriver([Engine.busy])
            let dispatcher = engine.dispatcher([.sms: sms])
            let now = engine.store.now
            try await engine.code(expires: 5)
            _ = try await dispatcher.sendDue(now: now)
            _ = try await dispatcher.sendDue(now: now + .seconds(60))
            #expect(sms.sent.count == 1)
            let dead = try #require(try await engine.deliveries().first)
            #expect(dead.state == .dead && dead.reason == "expired")
            let again = now + .seconds(70)
            #expect(try await engine.store.write { try !DeliveryTable.replay(dead, by: nil, now: again, $0) })
        }
    }

    @Test func `takes over what a run that is gone had in its hands, with the same id`() async throws {
        try await withEngine { engine async throws in
            let now = engine.store.now
            try await engine.code(expires: 10_000)
            let first = engine.dispatcher([.sms: ScriptedDriver()])
            let held = try await engine.store.write { host throws in
                _ = try first.planDue(now: now, host)
                return try DeliveryTable.lease(at: now, for: .seconds(60), by: "this run", limit: 10, host)
            }
            #expect(held.count == 1)
            let sms = ScriptedDriver()
            let next = engine.dispatcher([.sms: sms], instance: "the next run")
            try await engine.store.write { try DeliveryTable.endLeases(exceptOf: "this run", now: now, $0) }
            #expect(try await next.sendDue(now: now + .seconds(1)) == 0)
            try await engine.store.write { try DeliveryTable.endLeases(exceptOf: "the next run", now: now, $0) }
            #expect(try await next.sendDue(now: now + .seconds(1)) == 1)
            #expect(sms.sent.map(\.id) == held.map(\.message))
            #expect(try await engine.deliveries().map(\.attempts) == [2])
        }
    }

    @Test func `leaves a provider alone that fails again and again, and counts no try then`() async throws {
        try await withEngine { engine async throws in
            let sms = ScriptedDriver(Array(repeating: Engine.busy, count: 5))
            let clock = Mutex<Int64>(0)
            let breakers = CircuitBreakers(now: { clock.withLock { $0 } })
            let dispatcher = engine.dispatcher([.sms: sms], breakers: breakers)
            let now = engine.store.now
            for number in 0..<5 { try await engine.code("Code \(number)", expires: 10_000) }
            _ = try await dispatcher.sendDue(now: now)
            #expect(sms.sent.count == 5)
            try await engine.code("The sixth", expires: 10_000)
            _ = try await dispatcher.sendDue(now: now)
            #expect(sms.sent.count == 5)
            let held = try #require(try await engine.deliveries().first { $0.attempts == 0 })
            #expect(held.attempts == 0 && held.state == .waiting)
            #expect(try await engine.trace(held).last == "breaker open")
            clock.withLock { $0 = 60_000 }
            _ = try await dispatcher.sendDue(now: now + .seconds(60))
            #expect(sms.sent.count > 5)
        }
    }

    @Test func `hears later from a provider whether a message arrived`() async throws {
        try await withEngine { engine async throws in
            let sms = ScriptedDriver(confirmsDelivery: true)
            let dispatcher = engine.dispatcher([.sms: sms])
            let now = engine.store.now
            for _ in 0..<2 { try await engine.code() }
            _ = try await dispatcher.sendDue(now: now)
            let sent = try await engine.deliveries()
            #expect(sent.map(\.state) == [.sent, .sent] && sent.map(\.deliveredAt) == [nil, nil])
            let (one, other) = (try #require(sent.first?.message), try #require(sent.last?.message))
            #expect(Set(sms.sent.map(\.id)) == [one, other])
            try await engine.store.write { host throws in
                try DeliveryTable.noteStatus(sentAs: one, hasArrived: true, detail: "delivered", now: now, host)
                try DeliveryTable.noteStatus(
                    sentAs: other, hasArrived: false, detail: "30003 unreachable", now: now, host)
                // Out of order: known better.
                try DeliveryTable.noteStatus(sentAs: one, hasArrived: false, detail: "late", now: now, host)
                #expect(try !DeliveryTable.noteStatus(sentAs: "msg_0", hasArrived: true, detail: "", now: now, host))
            }
            #expect(try await engine.states() == ["sms delivered ", "sms dead 30003 unreachable"])
        }
    }

    @Test func `says so when a channel has no driver`() async throws {
        try await withEngine { engine async throws in
            try await engine.code()
            #expect(try await engine.dispatcher([:]).sendDue(now: engine.store.now) == 1)
            #expect(try await engine.states() == ["sms dead no driver is configured for sms"])
        }
    }

    @Test func `sends a digest again as it was when the first try was lost`() async throws {
        try await withEngine { engine async throws in
            let ann = try await engine.person()
            var wishes = Preferences()
            wishes.frequency = .daily
            let (wanted, origin, now) = (wishes, engine.store.origin, engine.store.now)
            try await engine.store.write { try PreferencesTable.set(wanted, of: ann, origin, $0) }
            for text in ["one", "two"] { try await engine.notify(ann, text) }
            let sms = ScriptedDriver([Engine.busy])
            let dispatcher = engine.dispatcher([.sms: sms])
            _ = try await dispatcher.sendDue(now: now)
            #expect(sms.sent.isEmpty)
            let due = try #require(try await engine.nextDue())
            _ = try await dispatcher.sendDue(now: due)
            // A third one belongs to the next day's.
            try await engine.notify(ann, "three")
            _ = try await dispatcher.sendDue(now: due)
            _ = try await dispatcher.sendDue(now: due + .seconds(20))
            #expect(sms.sent.count == 2 && Set(sms.sent.map(\.id)).count == 1 && Set(sms.sent.map(\.body)).count == 1)
            #expect(sms.sent.last?.body.contains("two") == true)
            #expect(try await engine.deliveries().filter { $0.state == .waiting }.count == 1)
        }
    }

    @Test func `forgets a device that its push service does not know any more`() async throws {
        try await withEngine { engine async throws in
            let ann = try await engine.person(phone: nil)
            let device = DeviceRegistration(
                platform: .web, deviceToken: #"{"endpoint":"https://p.example/1"}"#, deviceId: "browser")
            let (origin, now) = (engine.store.origin, engine.store.now)
            _ = try await engine.store.write { try DeviceTable.register(device, of: ann, origin, $0) }
            let push = ScriptedDriver([
                DeliveryFailure(isTemporary: false, retryAfter: nil, reason: "410 Gone", isAddressGone: true)
            ])
            try await engine.notify(ann)
            _ = try await engine.dispatcher([.push: push]).sendDue(now: now)
            #expect(push.sent.map(\.to) == [device.deviceToken])
            #expect(try await engine.store.write { try DeviceTable.devices(of: ann, $0).isEmpty })
            #expect(try await engine.states().contains("push dead 410 Gone"))
        }
    }
}
