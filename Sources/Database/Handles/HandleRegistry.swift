internal import Synchronization

/// Which handles are open over all databases; closes the least recently used one for a new one.
final class HandleRegistry: Sendable {
    private struct Entry {
        let place: HandlePlace
        let file: DatabaseFile
    }

    private struct State {
        var count = 0
        var entries: [ObjectIdentifier: Entry] = [:]
    }

    private let state = Mutex(State())
    private let budget: Int
    private let counters: Counters

    init(budget: Int, counters: Counters) {
        self.budget = max(1, budget)
        self.counters = counters
    }

    /// Open handles, those about to open included.
    var count: Int { state.withLock { $0.count } }

    /// Makes room for one handle and counts it; called with no gate held, since closing another database's handle
    /// takes that database's gate.
    func reserve() {
        state.withLock { $0.count += 1 }
        var attempts = 0
        // A handle in use cannot be closed: it counts as just used, and the next one is tried.
        while attempts < 16, let entry = leastRecentlyUsedOverBudget() {
            attempts += 1
            entry.place.lastUsed.store(MonotonicClock.now(), ordering: .relaxed)
            guard let connection = entry.place.evict() else { continue }
            counters.handlesEvicted.add(1, ordering: .relaxed)
            forget(entry.place)
            entry.file.close(connection)
        }
    }

    /// Gives back what ``reserve()`` counted, for a handle that was not opened or lies in no place.
    func release() { state.withLock { $0.count -= 1 } }

    /// Remembers an open handle that may be closed for others.
    func remember(_ place: HandlePlace, of file: DatabaseFile) {
        place.lastUsed.store(MonotonicClock.now(), ordering: .relaxed)
        state.withLock { $0.entries[ObjectIdentifier(place)] = Entry(place: place, file: file) }
    }

    /// Forgets a handle that is being closed.
    func forget(_ place: HandlePlace) {
        state.withLock { state in
            if state.entries.removeValue(forKey: ObjectIdentifier(place)) != nil { state.count -= 1 }
        }
    }

    private func leastRecentlyUsedOverBudget() -> Entry? {
        state.withLock { state in
            guard state.count > budget else { return nil }
            return state.entries.values.min {
                $0.place.lastUsed.load(ordering: .relaxed) < $1.place.lastUsed.load(ordering: .relaxed)
            }
        }
    }
}
