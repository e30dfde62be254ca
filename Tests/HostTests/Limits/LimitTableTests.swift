import PluginAPI
import Testing
import Time

@testable import Host

@Suite struct `The table of limits` {
    @Test func `holds no more keys than it has room for, whoever comes`() throws {
        let table = LimitTable(capacity: 10_000)
        let policy = try table.policy((5, 60))
        for number in 0..<1_000_000 as Range<UInt64> {
            _ = table.check(policy, tenant: 1, key: .ipv6(number), now: Instant(microseconds: Int64(number)))
        }
        #expect(table.count <= 10_000)
        #expect(table.count > 9000)
    }

    @Test func `drops the least recently used key when it is full`() throws {
        let table = LimitTable(capacity: 3, shards: 1)
        let policy = try table.policy((10, 3600))
        for key in ["a", "b", "c", "a", "a"] { _ = table.check(policy, key, at: 0) }
        _ = table.check(policy, "d", at: 1)
        #expect(table.count == 3)
        #expect(table.check(policy, "a", at: 1).remaining == 6)
        #expect(table.check(policy, "c", at: 1).remaining == 8)
        #expect(table.check(policy, "b", at: 1).remaining == 9, "was dropped and begins anew")
    }

    @Test func `never drops a key that is at its limit`() throws {
        let table = LimitTable(capacity: 3, shards: 1)
        let strict = try table.policy((1, 3600))
        let policy = try table.policy((10, 3600))
        #expect(table.check(strict, "at its limit", at: 0).isAllowed)
        for number in 0..<100 { #expect(table.check(policy, "\(number)", at: 1).isAllowed) }
        #expect(!table.check(strict, "at its limit", at: 2).isAllowed)
        #expect(table.check(policy, "99", at: 2).remaining == 8)
        #expect(table.count == 3)
    }

    @Test func `refuses new keys while all it holds are at their limit`() throws {
        let table = LimitTable(capacity: 2, shards: 1)
        let policy = try table.policy((1, 60))
        #expect(table.check(policy, "a", at: 0).isAllowed)
        #expect(table.check(policy, "b", at: 30).isAllowed)
        let refusal = table.check(policy, "c", at: 40)
        #expect(!refusal.isAllowed)
        #expect(refusal.retryAfterSeconds == 21)
        #expect(table.check(policy, "c", at: 61).isAllowed, "a is under its limit again")
        #expect(!table.check(policy, "b", at: 61).isAllowed)
    }

    @Test func `drops by last use also among keys that were at their limit`() throws {
        let table = LimitTable(capacity: 3, shards: 1)
        let long = try table.policy((100, 36_000))
        let both = try table.policy((1, 60), (100, 36_000))
        _ = table.check(long, "old", at: 0)
        _ = table.check(both, "middle", at: 1)
        _ = table.check(long, "new", at: 2)
        _ = table.check(long, "first comer", at: 100)
        #expect(table.check(long, "new", at: 100).remaining == 98)
        // By now "old" is gone; "middle", at its limit until second 62, is the least recently used.
        _ = table.check(long, "second comer", at: 101)
        #expect(table.check(long, "new", at: 102).remaining == 97)
        #expect(table.check(long, "first comer", at: 102).remaining == 98)
        #expect(table.check(long, "second comer", at: 102).remaining == 98)
        #expect(table.count == 3)
    }

    @Test func `lets idle keys go as others come`() throws {
        let table = LimitTable(capacity: 1000, shards: 1)
        let policy = try table.policy((5, 60))
        for number in 0..<500 { _ = table.check(policy, "early \(number)", at: 0) }
        #expect(table.count == 500)
        for number in 0..<300 { _ = table.check(policy, "late \(number)", at: 100) }
        #expect(table.count == 300)
    }

    /// Against a slow but obvious table: a list in the order of use, from which the oldest under its limit is dropped.
    @Test(arguments: 1...4 as ClosedRange<UInt64>) func `behaves as an obvious table does`(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let table = LimitTable(capacity: 6, shards: 1)
        let policy = try table.policy((3, 60))
        var model: [(key: Int, slots: [Int])] = []
        var second = 0
        for _ in 0..<5000 {
            second += Int.random(in: 0...8, using: &dice) / 6
            let key = Int.random(in: 0..<10, using: &dice)
            // What is forgotten: with slots of a second, whatever is 61 slots old.
            for index in model.indices { model[index].slots.removeAll { $0 <= second - 61 } }
            var entry: (key: Int, slots: [Int])? = (key, [])
            if let index = model.firstIndex(where: { $0.key == key }) {
                entry = model.remove(at: index)
            } else {
                // At most two idle keys go for each that comes, from the least recently used on.
                for _ in 0..<2 {
                    guard let index = model.firstIndex(where: { $0.slots.count < 3 }), model[index].slots.isEmpty
                    else { break }
                    model.remove(at: index)
                }
                if model.count == 6 {
                    if let index = model.firstIndex(where: { $0.slots.count < 3 }) {
                        model.remove(at: index)
                    } else {
                        entry = nil
                    }
                }
            }
            let verdict = table.check(policy, "\(key)", at: Double(second))
            guard var entry else {
                #expect(!verdict.isAllowed)
                continue
            }
            #expect(verdict.isAllowed == (entry.slots.count < 3))
            if entry.slots.count < 3 { entry.slots.append(second) }
            #expect(verdict.remaining == 3 - entry.slots.count)
            model.append(entry)
        }
    }

    @Test func `multiplies every count by the scale`() throws {
        let table = LimitTable(scale: 20)
        let policy = try table.policy((5, 60), (7, 3600))
        var admitted = 0
        for _ in 0..<500 where table.check(policy, at: 0).isAllowed { admitted += 1 }
        #expect(admitted == 100)
        #expect(table.check(policy, at: 0).limit == 100)
        #expect(LimitTable(scale: 0).compile(RateLimit.pages, name: "pages")?.windows.first?.limit == 600)
    }
}
