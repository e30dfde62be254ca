internal import CLinux
internal import Glibc
internal import Synchronization

// @unchecked: `poller`, `service`, `inbox`, `hasWoken`, `thread` and `counters` are Sendable; every `var` below them is
// read and written on the loop's own thread only (before `run` begins: by the thread that starts it).
/// One thread, one epoll descriptor, and the connections that live there. Also the executor of their tasks: a task
/// started with it as preference runs on this thread, and resumes here after every suspension.
///
/// Nothing that runs on a loop may block.
public final class EventLoop: TaskExecutor, @unchecked Sendable {
    struct Inbox: Sendable {
        var jobs: [UnownedJob] = []
        var work: [@Sendable () -> Void] = []
        var hasEnded = false
    }

    /// The position of this loop among the server's loops.
    public let index: Int

    /// What its thread is called.
    let name: String
    let poller: Poller
    let service: Service
    let counters = LoopCounters()
    let inbox = Mutex(Inbox())
    let hasWoken = Atomic<Bool>(false)
    let thread = Atomic<UInt>(0)

    var listeners: [ListeningSocket]
    var connections = ConnectionTable()
    /// Connections to others, by their tokens.
    var outbound: [UInt64: any OutboundSocket] = [:]
    var lastOutboundToken = EventLoop.firstOutboundToken
    /// What ``chance(below:)`` goes on from.
    var dice = UInt64.random(in: .min ... .max)
    var wheel: TimerWheel
    /// How fast those in `overdue` are cut.
    var pace = ExpiryPace()
    /// Connections whose time has passed, until their turn to be cut.
    var overdue = TurnQueue<Connection>()
    /// In this round: who has time, with what the poller reported.
    var slow: [(Connection, UInt32)] = []
    /// Timers that are due and have not had their turn, last first.
    var dueTimers: [(TimerWheel.Entry, Int64)] = []
    var localJobs: [UnownedJob] = []
    /// Connections with output to send at the end of a round.
    var dirty = TurnQueue<Connection>()
    /// Connections with more to read than the poller knows.
    var unread = TurnQueue<Connection>()
    /// Connections whose writers may go on.
    var turns = TurnQueue<Connection>()
    /// Whether the last round, with something large in it, took long.
    var wasSlow = false
    /// Writers that may still go on in this round.
    var turnsLeft = EventLoop.writersPerRound
    /// Milliseconds of the monotonic clock when this round began.
    var now: Int64
    /// Counts the rounds.
    var round: UInt32 = 0
    var date = HTTPDate()
    /// The `date` field of this round.
    var dateField: [UInt8] = []
    /// The output buffer shared by all connections; `nil` while one of them has it.
    var output: OutputBuffer? = OutputBuffer(capacity: 96 * 1024)
    /// Answers that are sent at the end of the round, one behind the other.
    let heldBytes = OutputBuffer(capacity: 64 * 1024)
    /// Whose they are, and where each ends.
    var held: [(connection: Connection, end: Int)] = []
    /// Whether connections are being heard, and there is an end of that at which to send.
    var holdsAnswers = false
    /// Microseconds of the monotonic clock when this round began.
    var roundBegan: Int64 = 0
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 * 1024, alignment: 64)
    /// Tasks of requests that have not ended.
    var liveTasks = 0
    var isDraining = false
    var reserveDescriptor: Int32
    var drainWaiters: [@Sendable () -> Void] = []

    init(
        index: Int, service: Service, listeners: [ListeningSocket], name: String? = nil
    ) throws(ServerError) {
        self.index = index
        self.name = name ?? "loop-\(index)"
        self.service = service
        self.listeners = listeners
        poller = try Poller()
        now = Self.monotonicMilliseconds()
        wheel = TimerWheel(now: now)
        reserveDescriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
        for (token, listener) in listeners.enumerated() {
            poller.add(listener.descriptor, CLINUX_EPOLLIN, token: UInt64(token))
        }
    }

    deinit {
        input.deallocate()
        if reserveDescriptor >= 0 { close(reserveDescriptor) }
    }

    /// Whether the caller runs on this loop's thread.
    public var isCurrent: Bool { UInt(pthread_self()) == thread.load(ordering: .relaxed) }

    /// Runs `work` on the loop soon, from any thread. Returns `false`, and runs nothing, when the loop has ended.
    @discardableResult
    public func submit(_ work: @escaping @Sendable () -> Void) -> Bool {
        let accepted = inbox.withLock { inbox in
            guard !inbox.hasEnded else { return false }
            inbox.work.append(work)
            return true
        }
        if accepted { wake() }
        return accepted
    }

    /// Unsent bytes at which a connection has enough for now.
    var highWater: Int {
        counters.unsentBytes.read() > service.unsentBudget ? service.unsentLowWater : service.unsentHighWater
    }

    func wake() {
        if !hasWoken.exchange(true, ordering: .acquiringAndReleasing) { poller.wake() }
    }

    /// Milliseconds of the clock that loops and their timers go by; it never goes back.
    public static func monotonicMilliseconds() -> Int64 { monotonicMicroseconds() / 1000 }

    static func monotonicMicroseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
