import PluginAPI
import Testing

@testable import Host

@Suite struct `The queue of tenants` {
    private static func at(_ seconds: Int64) -> Instant { Instant(seconds: seconds) }

    @Test func `hands out what is due, the most urgent first`() {
        var queue = DueQueue()
        for (tenant, seconds) in [("c", 30), ("a", 10), ("b", 20)] as [(String, Int64)] {
            queue.set(tenant, to: Self.at(seconds))
        }
        #expect(queue.next == Self.at(10))
        #expect(queue.take(dueAt: Self.at(9), atMost: 5).isEmpty)
        #expect(queue.take(dueAt: Self.at(30), atMost: 2) == ["a", "b"])
        #expect(queue.take(dueAt: Self.at(30), atMost: 2) == ["c"])
        #expect(queue.next == nil)
    }

    @Test func `hands a tenant out again only once it was given back`() {
        var queue = DueQueue()
        queue.set("a", to: Self.at(1))
        #expect(queue.take(dueAt: Self.at(5), atMost: 1) == ["a"])
        queue.set("a", to: Self.at(2))
        #expect(queue.next == nil)
        #expect(queue.take(dueAt: Self.at(5), atMost: 1).isEmpty)
        queue.giveBack("a", heldBackUntil: nil)
        #expect(queue.take(dueAt: Self.at(5), atMost: 1) == ["a"])
    }

    @Test func `lets whoever has work left wait behind those who became due meanwhile`() {
        var queue = DueQueue()
        for tenant in ["a", "b", "c"] { queue.set(tenant, to: Self.at(1)) }
        #expect(queue.take(dueAt: Self.at(10), atMost: 2) == ["a", "b"])
        // Both have work from long ago left; "d" is due since a moment.
        queue.set("d", to: Self.at(10))
        queue.giveBack("a", heldBackUntil: Self.at(10))
        queue.giveBack("b", heldBackUntil: Self.at(10))
        #expect(queue.take(dueAt: Self.at(10), atMost: 4) == ["c", "d", "a", "b"])
    }

    @Test func `holds a tenant back without keeping it from going`() {
        var queue = DueQueue()
        queue.set("a", to: Self.at(1))
        _ = queue.take(dueAt: Self.at(1), atMost: 1)
        queue.giveBack("a", heldBackUntil: Self.at(30))
        queue.set("a", to: Self.at(0))
        #expect(queue.next == Self.at(30))
        #expect(queue.take(dueAt: Self.at(29), atMost: 1).isEmpty)
        #expect(queue.take(dueAt: Self.at(30), atMost: 1) == ["a"])
        queue.set("a", to: nil)
        queue.giveBack("a", heldBackUntil: Self.at(60))
        #expect(queue.next == nil)
    }

    @Test func `is like a list that is searched, whatever happens`() {
        var generator = SystemRandomNumberGenerator()
        var queue = DueQueue()
        var model: [String: Instant] = [:]
        var out: Set<String> = []
        var held: [String: Instant] = [:]
        for step in 0..<20_000 {
            let tenant = "t\(Int.random(in: 0..<40, using: &generator))"
            let moment = Self.at(Int64.random(in: 0..<100, using: &generator))
            switch Int.random(in: 0..<5, using: &generator) {
            case 0, 1:
                queue.set(tenant, to: moment)
                model[tenant] = moment
            case 2:
                queue.set(tenant, to: nil)
                model[tenant] = nil
                if !out.contains(tenant) { held[tenant] = nil }
            case 3:
                for tenant in queue.take(dueAt: moment, atMost: 3) {
                    let ready = model.filter { !out.contains($0.key) }.mapValues { $0 }
                        .map { (tenant: $0.key, at: max($0.value, held[$0.key] ?? $0.value)) }
                    let mine = ready.first { $0.tenant == tenant }
                    #expect(mine != nil && mine?.at == ready.map(\.at).min(), "step \(step)")
                    #expect(mine.map { $0.at <= moment } == true)
                    out.insert(tenant)
                    held[tenant] = nil
                }
            default:
                guard let tenant = out.randomElement(using: &generator) else { continue }
                let until = Bool.random(using: &generator) ? moment : nil
                queue.giveBack(tenant, heldBackUntil: until)
                out.remove(tenant)
                held[tenant] = model[tenant] == nil ? nil : until
            }
            let expected = model.filter { !out.contains($0.key) }.map { max($0.value, held[$0.key] ?? $0.value) }.min()
            if queue.next != expected {
                Issue.record("step \(step): \(String(describing: queue.next)) is not \(String(describing: expected))")
                return
            }
        }
    }
}
