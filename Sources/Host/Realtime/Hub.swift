import Database
import HTTPServer
import PluginAPI
import Synchronization

/// Tells a tenant's live connections what happens, over WebSockets and streams alike (contract §6).
///
/// The tenant's event log is the truth: a commit that publishes wakes the hub, which reads on from where it was, encodes
/// each event once and hands it to every loop that has connections. A connection that is behind reads the log by itself;
/// because all go by the same numbers, nothing is lost and nothing told twice between the two. Without connections nothing
/// is read.
final class Hub: Sendable {
    let tenant: String
    let database: Database
    let epoch: AuthEpoch
    let rules: HubRules
    let tickets = Tickets()
    private let view = Mutex<LiveView?>(nil)
    let state = Mutex(State())
    /// Connections that follow something.
    let followers = Atomic<Int>(0)
    /// A look at who everybody is has been asked for, and no loop has begun with it.
    let isRenewing = Atomic<Bool>(false)

    struct State: Sendable {
        var shards: [Int: HubShard] = [:]
        /// Up to where the log has been handed out.
        var position: Int64 = 0
        var isRunning = false
        /// Something has been committed while the log was read.
        var isAsked = false
        var seats: [PersonID: Int] = [:]
    }

    /// Events read at a time.
    static let pageLimit = 100

    var clock: any TimeSource { rules.clock }
    var log: (any LogSink)? { rules.log }
    /// What is needed of the tenant; nil while it is closed and nobody is connected.
    var current: LiveView? { view.withLock { $0 } }

    init(tenant: String, database: Database, epoch: AuthEpoch, rules: HubRules) {
        self.tenant = tenant
        self.database = database
        self.epoch = epoch
        self.rules = rules
        epoch.onRaise { [weak self] in self?.renewAll() }
    }

    /// Goes by another runtime's view from now on.
    func use(_ view: LiveView) {
        self.view.withLock { $0 = view }
        renewAll()
    }

    /// The tenant was closed; whoever is connected stays, and what they need with them.
    func release() {
        let isEmpty = state.withLock { $0.shards.values.allSatisfy(\.isEmpty) }
        if isEmpty { view.withLock { $0 = nil } }
    }

    /// The tenant is gone.
    func closeAll() {
        for shard in shards { shard.loop.submit { shard.closeAll(.goingAway) } }
    }

    /// Each loop's connections.
    var shards: [HubShard] { state.withLock { Array($0.shards.values) } }

    /// A loop's connections.
    func shard(of loop: EventLoop) -> HubShard {
        state.withLock { state in
            if let shard = state.shards[loop.index], shard.loop === loop { return shard }
            let shard = HubShard(loop, self)
            state.shards[loop.index] = shard
            return shard
        }
    }

    /// A place for one more connection of a person; nil when they have all they may.
    func seat(for person: PersonID) -> Seat? {
        let isFree = state.withLock { state in
            guard state.seats[person, default: 0] < rules.connectionsPerPerson else { return false }
            state.seats[person, default: 0] += 1
            return true
        }
        guard isFree else { return nil }
        return Seat(person) { [weak self] in
            self?.state.withLock { state in
                let left = state.seats[person, default: 1] - 1
                state.seats[person] = left > 0 ? left : nil
            }
        }
    }

    /// How many connections a person has.
    func seats(of person: PersonID) -> Int { state.withLock { $0.seats[person, default: 0] } }
}
