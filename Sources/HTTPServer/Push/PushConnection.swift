internal import Synchronization

/// A connection that is pushed to, now and then, for as long as it lives: a `WebSocket` or an `EventStream`.
///
/// It may be kept, sent to and closed from any thread. What one thread sends arrives in that order. Sending never waits:
/// at most `queueBytes` wait for the client (and one message more; less while slow clients hold
/// `ServerConfiguration.unsentBudgetBytes`); whoever is slower is disconnected. To send one event to
/// many, go to each `loop` once (`EventLoop.submit`) and send to its connections there: then no lock is taken and no work
/// queued for each of them.
// @unchecked: `connection` and `waiters` are touched on the loop only; the rest is immutable or atomic.
public class PushConnection: @unchecked Sendable {
    enum Phase: UInt8 {
        case open, closing, ended
    }

    /// The loop the connection lives on.
    public let loop: EventLoop

    let queueBytes: Int
    /// Gone once the connection is.
    var connection: Connection?
    private var waiters: [Waiter<Bool>] = []
    /// Bytes on their way from other threads to the loop, with something for the work that carries each.
    private let crossing = Atomic<Int>(0)
    /// Bytes on the loop that the client has not taken.
    private let waiting = Atomic<Int>(0)
    private let storedPhase = Atomic<UInt8>(Phase.open.rawValue)
    private let isLagging = Atomic<Bool>(false)
    /// It was too slow, and is on its way out.
    private(set) var isHurried = false
    private static let carriage = 128

    init(_ connection: Connection, queueBytes: Int) {
        self.connection = connection
        self.queueBytes = max(queueBytes, 1)
        loop = connection.loop
    }

    /// Queues one event in the form that this kind of connection takes.
    @discardableResult
    public func send(_ push: Push) -> SendOutcome { .closed }

    /// Says good-bye, after what is queued. A stream of events just ends: its clients see neither code nor reason.
    ///
    /// - Parameter reason: For people; at most 123 bytes of UTF-8 are sent.
    public func close(_ code: CloseCode = .normal, reason: String = "") {
        onLoop { $0.leave(code, reason) }
    }

    /// Whether it can be sent to.
    public var isOpen: Bool { phase == .open }

    /// Bytes that the client has not taken, as far as is known at this moment.
    public var backlog: Int { crossing.load(ordering: .relaxed) + waiting.load(ordering: .relaxed) }

    /// Waits until the client has taken all but half of what the queue may hold. For those who have much to send.
    ///
    /// Returns whether the connection is still open; at once when the task is cancelled.
    public func room() async -> Bool {
        let waiter = Waiter<Bool>()
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                waiter.begin(continuation)
                if loop.isCurrent {
                    wait(waiter)
                } else if !loop.submit({ self.wait(waiter) }) {
                    waiter.resume(false)
                }
            }
        } onCancel: {
            waiter.isCancelled.store(true, ordering: .sequentiallyConsistent)
            loop.submit { self.wakeCancelled() }
        }
    }

    // What the kinds of connections do, each on the loop.

    /// Says good-bye.
    func leave(_ code: CloseCode, _ reason: String) {}
    /// Says good-bye to a client that is too slow.
    func leaveTooSlow() {}
    /// Queues bytes behind what is queued.
    func write(_ bytes: [UInt8]) { connection?.push(bytes) }
    /// Bytes kept back beside those of the connection.
    var held: Int { 0 }

    var phase: Phase {
        get { Phase(rawValue: storedPhase.load(ordering: .acquiring)) ?? .ended }
        set { storedPhase.store(newValue.rawValue, ordering: .releasing) }
    }
}

extension PushConnection {
    /// Queues bytes, from any thread.
    func send(_ bytes: [UInt8]) -> SendOutcome {
        if loop.isCurrent { return sendHere(bytes) }
        guard phase == .open else { return .closed }
        let cost = bytes.count + Self.carriage
        let (before, _) = crossing.add(cost, ordering: .acquiring)
        if before + waiting.load(ordering: .relaxed) > queueBytes {
            crossing.subtract(cost, ordering: .relaxed)
            if !isLagging.exchange(true, ordering: .relaxed) { onLoop { $0.cutShort() } }
            return .overflowed
        }
        let accepted = loop.submit { [self] in
            _ = sendHere(bytes)
            // Counted as waiting before it is no longer crossing: whoever saw neither would be told that there is room, and
            // what was accepted would be dropped here.
            if let connection { waiting.store(connection.pending + held, ordering: .relaxed) }
            crossing.subtract(cost, ordering: .releasing)
        }
        return accepted ? .queued : .closed
    }

    private func sendHere(_ bytes: [UInt8]) -> SendOutcome {
        guard phase == .open, let connection else { return .closed }
        if connection.pending > bound { connection.pushThrough() }
        guard phase == .open else { return .closed }
        guard connection.pending + held <= bound else {
            cutShort()
            return .overflowed
        }
        write(bytes)
        return .queued
    }

    /// What may wait: less when clients that are slow hold much of the loop's memory.
    private var bound: Int {
        loop.counters.unsentBytes.read() > loop.service.unsentBudget
            ? min(queueBytes, loop.service.unsentLowWater) : queueBytes
    }

    private func cutShort() {
        guard phase == .open else { return }
        isHurried = true
        loop.counters.laggards.increment()
        leaveTooSlow()
    }

    func onLoop(_ work: @escaping @Sendable (PushConnection) -> Void) {
        if loop.isCurrent { work(self) } else { loop.submit { work(self) } }
    }

    /// The queue of the socket has become shorter or longer.
    func unsentChanged(_ count: Int) {
        waiting.store(count, ordering: .relaxed)
        if !waiters.isEmpty, count <= queueBytes / 2 { wake() }
    }

    private func wait(_ waiter: Waiter<Bool>) {
        let isCancelled = waiter.isCancelled.load(ordering: .sequentiallyConsistent)
        guard let connection, phase == .open, !isCancelled, connection.pending > queueBytes / 2 else {
            return waiter.resume(phase == .open)
        }
        waiters.append(waiter)
    }

    func wake() {
        let all = waiters
        waiters = []
        for waiter in all { waiter.resume(phase == .open) }
    }

    private func wakeCancelled() {
        let cancelled = waiters.filter { $0.isCancelled.load(ordering: .sequentiallyConsistent) }
        waiters.removeAll { $0.isCancelled.load(ordering: .sequentiallyConsistent) }
        for waiter in cancelled { waiter.resume(phase == .open) }
    }
}
