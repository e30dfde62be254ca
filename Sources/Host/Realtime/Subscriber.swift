import HTTPServer
import PluginAPI
import Synchronization

/// One live connection: who it is, what it follows, and how far it has been told.
///
/// Everything happens on the connection's loop; the lock is there so that the compiler can see that nothing is shared
/// without one, and is free.
final class Subscriber: Sendable {
    let connection: PushConnection
    let menu: TopicMenu
    private let state: Mutex<State>

    /// How it stands to what happens now.
    enum Phase: Sendable {
        /// It follows nothing yet.
        case idle
        /// It is told what happens when it happens.
        case live
        /// Something has passed it by; the shard looks after it.
        case behind
        /// It is being told what it has missed.
        case replaying
    }

    fileprivate struct State: Sendable {
        var facts: SessionFacts?
        /// The tenant's epoch of before the facts were read.
        var epoch: UInt64 = 0
        /// Its place among the connections of the person.
        var seat: Seat?
        var topics = TopicSet()
        var phase = Phase.idle
        /// The last event it has been told, or that was none of its own.
        var position: Int64 = 0
        /// The messages of one event that it had when it left.
        var told: (event: Int64, through: Int)?
        /// When it must have signed in, or sign in again.
        var deadline: Instant
    }

    init(_ connection: PushConnection, menu: TopicMenu, deadline: Instant) {
        self.connection = connection
        self.menu = menu
        state = Mutex(State(deadline: deadline))
    }

    var facts: SessionFacts? { state.withLock { $0.facts } }
    var phase: Phase { state.withLock { $0.phase } }
    var position: Int64 { state.withLock { $0.position } }
    var topics: TopicSet { state.withLock { $0.topics } }
    var deadline: Instant { state.withLock { $0.deadline } }
    func isCurrent(_ epoch: UInt64) -> Bool { state.withLock { $0.facts == nil || $0.epoch == epoch } }

    /// It is somebody from now on.
    ///
    /// - Parameter seat: theirs; nil keeps the one there is.
    func identify(_ facts: SessionFacts, epoch: UInt64, seat: Seat? = nil) {
        state.withLock { state in
            if let seat { state.seat = seat }
            (state.facts, state.epoch, state.deadline) = (facts, epoch, facts.expiresAt)
        }
    }

    /// Follows nothing any more, as before it has followed anything.
    func forget() {
        state.withLock { state in
            (state.topics, state.phase, state.told, state.seat) = (TopicSet(), .idle, nil, nil)
        }
    }

    /// Follows these topics too, or no more.
    func follow(_ topics: TopicSet) { state.withLock { $0.topics = topics } }

    /// Goes on behind an event. What lies between it and now is told first.
    ///
    /// - Parameter told: the messages of the event behind it that it has had.
    func start(behind position: Int64, told: (event: Int64, through: Int)?) {
        state.withLock { ($0.position, $0.told, $0.phase) = (position, told, .behind) }
    }

    /// Nobody looks after it, so that something new finds it where it is.
    func settle() { state.withLock { if $0.phase != .idle { $0.phase = .live } } }
    func beginReplay() { state.withLock { $0.phase = .replaying } }

    /// Tells what happens now, if it is up to that and nothing has changed about who it is.
    ///
    /// - Returns: false when it must be looked after first.
    func receive(_ batch: LiveBatch, epoch: UInt64) -> Bool {
        let pushes = state.withLock { state -> [Push]? in
            guard state.phase == .live else { return [] }
            guard state.position >= batch.from, state.epoch == epoch else {
                state.phase = .behind
                return nil
            }
            return state.take(batch, menu)
        }
        guard let pushes else { return false }
        for push in pushes { connection.send(push) }
        return true
    }

    /// Tells of a stretch of the log whatever its phase. What it has been told already is left out.
    func catchUp(_ batch: LiveBatch) {
        for push in state.withLock({ $0.take(batch, menu) }) { connection.send(push) }
    }
}

extension Subscriber.State {
    /// What of a batch is for this connection.
    fileprivate mutating func take(_ batch: LiveBatch, _ menu: TopicMenu) -> [Push] {
        defer { position = max(position, batch.to) }
        guard let facts, !topics.isEmpty else { return [] }
        var pushes: [Push] = []
        for item in batch.items where item.event > position {
            guard item.audience.admits(facts, to: item.subject, of: item.publisher) else { continue }
            for (number, form) in item.forms.enumerated() where topics.contains(form.topic) {
                if let told, told.event == item.event, number <= told.through { continue }
                if let need = form.need, facts.principal(for: form.plugin).reach(of: need) == nil { continue }
                pushes.append(menu.isQualified ? form.qualified : form.plain)
            }
        }
        return pushes
    }
}
