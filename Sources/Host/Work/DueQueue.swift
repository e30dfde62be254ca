import PluginAPI

/// The tenants that have work, in the order in which they are to be handed out.
///
/// A heap whose entries are not looked for when a tenant's moment changes: an outdated one stays until it comes up. So
/// changing, handing out and looking cost the logarithm of the number of tenants and never a walk over all of them.
struct DueQueue {
    private struct Entry {
        let at: Instant
        /// Whoever came first goes first.
        let number: Int
        let tenant: String

        static func < (left: Entry, right: Entry) -> Bool {
            left.at == right.at ? left.number < right.number : left.at < right.at
        }
    }

    /// How things stand with one tenant.
    private struct Standing {
        var at: Instant?
        var heldBackUntil: Instant?
        var isOut = false
        /// The moment under which the heap has it.
        var queued: Instant?

        /// When it may be handed out; nil when it may not.
        var moment: Instant? {
            isOut ? nil : at.map { max($0, heldBackUntil ?? $0) }
        }
    }

    private var heap: [Entry] = []
    private var lastNumber = 0
    private var standings: [String: Standing] = [:]

    /// A tenant's work is due at a moment, or there is none.
    mutating func set(_ tenant: String, to at: Instant?) { change(tenant) { $0.at = at } }

    /// Hands out tenants that are due, the most urgent first.
    mutating func take(dueAt now: Instant, atMost limit: Int) -> [String] {
        var taken: [String] = []
        while taken.count < limit, let next, next <= now, let entry = heap.first {
            change(entry.tenant) {
                $0.isOut = true
                $0.heldBackUntil = nil
            }
            taken.append(entry.tenant)
        }
        return taken
    }

    /// Takes a tenant back that was handed out.
    mutating func giveBack(_ tenant: String, heldBackUntil: Instant?) {
        change(tenant) {
            $0.isOut = false
            $0.heldBackUntil = heldBackUntil
        }
    }

    /// When the next tenant can be handed out; nil when none waits.
    var next: Instant? {
        mutating get {
            while let first = heap.first {
                if standings[first.tenant]?.queued == first.at { return first.at }
                removeFirst()
            }
            return nil
        }
    }

    private mutating func change(_ tenant: String, _ body: (inout Standing) -> Void) {
        var standing = standings[tenant] ?? Standing()
        body(&standing)
        let moment = standing.moment
        let isNew = moment != standing.queued
        standing.queued = moment
        standings[tenant] = standing.at == nil && !standing.isOut ? nil : standing
        if isNew, let moment { insert(moment, tenant) }
    }

    // MARK: The heap

    private mutating func insert(_ moment: Instant, _ tenant: String) {
        // Without this a tenant whose moment goes back and forth would fill the heap with outdated entries.
        if heap.count > 2 * standings.count + 64 {
            heap = heap.filter { standings[$0.tenant]?.queued == $0.at }.sorted { $0 < $1 }
        }
        lastNumber += 1
        heap.append(Entry(at: moment, number: lastNumber, tenant: tenant))
        var child = heap.count - 1
        while child > 0, heap[child] < heap[(child - 1) / 2] {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
                least = child
            }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
