import Testing

@testable import Workers

@Suite struct `A fair queue` {
    @Test func `gives each key its turn`() {
        var queue = FairQueue<String>()
        for name in ["a1", "a2", "a3"] { _ = queue.append(name, for: 1) }
        _ = queue.append("b1", for: 2)
        #expect(drain(&queue) == ["a1", "b1", "a2", "a3"])
        #expect(queue.keyCount == 0)
    }

    @Test func `puts a key that comes back at the end of the round`() {
        var queue = FairQueue<String>()
        _ = queue.append("a1", for: 1)
        _ = queue.append("b1", for: 2)
        _ = queue.append("b2", for: 2)
        #expect(queue.popFirst() == "a1")
        _ = queue.append("a2", for: 1)
        #expect(drain(&queue) == ["b1", "a2", "b2"])
    }

    @Test func `removes by ticket from the front, the middle and the end`() {
        for removed in 0..<4 {
            var queue = FairQueue<Int>()
            let tickets = (0..<4).map { queue.append($0, for: 5) }
            #expect(queue.remove(tickets[removed]) == removed)
            #expect(queue.count == 3)
            #expect(drain(&queue) == (0..<4).filter { $0 != removed })
        }
    }

    @Test func `forgets a key whose last element is removed`() {
        var queue = FairQueue<String>()
        let only = queue.append("a", for: 1)
        _ = queue.append("b", for: 2)
        #expect(queue.remove(only) == "a")
        #expect(queue.count(for: 1) == 0)
        #expect(queue.keyCount == 1)
        #expect(drain(&queue) == ["b"])
    }

    @Test func `does not take a later element for the one a ticket named`() {
        var queue = FairQueue<String>()
        let old = queue.append("old", for: 1)
        #expect(queue.popFirst() == "old")
        _ = queue.append("new", for: 1)  // takes the same slot
        #expect(queue.remove(old) == nil)
        #expect(queue.popFirst() == "new")
        #expect(queue.remove(old) == nil)
        #expect(queue.popFirst() == nil)
    }

    @Test func `agrees with a plain model over many random steps`() {
        var random = SystemRandomNumberGenerator()
        var queue = FairQueue<Int>()
        var model: [(key: UInt64, values: [Int])] = []
        var tickets: [Int: FairQueue<Int>.Ticket] = [:]
        for step in 0..<5000 {
            switch Int.random(in: 0..<5, using: &random) {
            case 0, 1:
                let key = UInt64.random(in: 0..<6, using: &random)
                tickets[step] = queue.append(step, for: key)
                if let lane = model.firstIndex(where: { $0.key == key }) {
                    model[lane].values.append(step)
                } else {
                    model.append((key, [step]))
                }
            case 2:
                guard let victim = tickets.keys.randomElement(using: &random), let ticket = tickets[victim] else {
                    break
                }
                let lane = model.firstIndex { $0.values.contains(victim) }
                #expect(queue.remove(ticket) == (lane == nil ? nil : victim))
                if let lane {
                    model[lane].values.removeAll { $0 == victim }
                    if model[lane].values.isEmpty { model.remove(at: lane) }
                }
                tickets[victim] = nil
            default:
                var expected: Int?
                if !model.isEmpty {
                    var lane = model.removeFirst()
                    expected = lane.values.removeFirst()
                    if !lane.values.isEmpty { model.append(lane) }
                }
                #expect(queue.popFirst() == expected)
            }
            #expect(queue.count == model.reduce(0) { $0 + $1.values.count })
            #expect(queue.keyCount == model.count)
        }
    }

    private func drain<Element>(_ queue: inout FairQueue<Element>) -> [Element] {
        var all: [Element] = []
        while let element = queue.popFirst() { all.append(element) }
        return all
    }
}
