internal import CLinux
internal import Glibc
internal import Synchronization

/// The socket under a ``LineConnection``: one goal at a time.
// @unchecked: everything mutable but the atomics is touched on the client's loop only.
final class LineSocket: OutboundSocket, @unchecked Sendable {
    typealias Continuation = UnsafeContinuation<Result<[UInt8], ClientError>, Never>

    /// What a call wants.
    enum Goal {
        case connect, secure
        case send([UInt8])
        /// A line of at most so many bytes.
        case line(Int)
    }

    enum State {
        case new, connecting, handshaking, open
        case closed(ClientError)
    }

    /// Bytes that the other side may be ahead of what is read.
    static let inputLimit = 64 * 1024

    let core: ClientCore
    let target: LineTarget
    let trust: TLSTrust
    var state = State.new
    /// The addresses to try, the next one last.
    var candidates: [SocketAddress] = []
    /// What the addresses tried have said.
    var refusal = "no address answers"
    var lookup: Task<Void, Never>?
    var connectDeadline: Int64 = 0
    /// Ends the try of one address.
    var attempt: ScheduledWork?
    var transport: Transport?
    private var goal: Goal?
    private var continuation: Continuation?
    private var timer: ScheduledWork?
    private var parking: ScheduledWork?
    private var token: UInt64 = 0
    private var interest: UInt32 = 0
    private var output = OutputQueue()
    private var input: [UInt8] = []
    /// Bytes of `input` that hold no line end.
    private var searched = 0
    private var hasEnded = false
    private var counts = false
    let isUsable = Atomic<Bool>(false)
    let isLoopback = Atomic<Bool>(false)

    init(_ core: ClientCore, _ target: LineTarget, trust: TLSTrust) {
        self.core = core
        self.target = target
        self.trust = trust
    }

    /// Takes up a call's goal.
    func begin(_ goal: Goal, within limit: Duration, _ continuation: Continuation) {
        if case .closed(let error) = state { return continuation.resume(returning: .failure(error)) }
        guard self.continuation == nil, !core.isClosed else { return continuation.resume(returning: .failure(.closed)) }
        parking?.cancel()
        self.goal = goal
        self.continuation = continuation
        timer = core.loop.schedule(after: limit) { [weak self] in self?.timedOut() }
        switch goal {
        case .connect:
            guard core.lines < core.lineLimit else { return fail(.overloaded) }
            core.lines += 1
            counts = true
            connectDeadline = core.loop.now + limit.milliseconds
            connect()
        case .secure:
            guard case .plain(let descriptor) = transport else { return fail(.closed) }
            guard input.isEmpty else {
                return fail(.tls("the server spoke in the clear when keys were to be agreed on"))
            }
            transport = .tls(TLSSession(descriptor, .client(trust, host: target.host, isHTTP: false)))
            shakeHands()
        case .send(let bytes):
            output.append(bytes)
            flush()
        case .line: read()
        }
    }

    func finish(_ result: Result<[UInt8], ClientError>) {
        timer?.cancel()
        goal = nil
        let waiting = continuation
        continuation = nil
        note()
        settle()
        waiting?.resume(returning: result)
    }

    private func timedOut() {
        switch goal {
        case .connect, .secure: fail(.timedOut(.connect))
        case .line: fail(.timedOut(.firstByte))
        case .send: fail(.timedOut(.total))
        case nil: break
        }
    }

    /// Closes; a call that waits ends with the error, and so do those that come later.
    func fail(_ error: ClientError) {
        if case .closed = state { return }
        let isComplete = error == .closed
        state = .closed(error)
        attempt?.cancel()
        parking?.cancel()
        lookup?.cancel()
        drop(isComplete: isComplete)
        output.removeAll()
        input = []
        if counts { core.lines -= 1 }
        finish(.failure(error))
    }

    /// Closes the socket of this or of one address.
    func drop(isComplete: Bool = false) {
        guard let transport else { return }
        core.loop.forget(token)
        transport.close(reset: false, isComplete: isComplete)
        self.transport = nil
    }

    func park(for time: Duration) {
        guard case .open = state, goal == nil else { return }
        parking?.cancel()
        parking = core.loop.schedule(after: time) { [weak self] in
            guard let self, goal == nil else { return }
            leave([])
        }
    }

    /// Says good-bye, as far as that goes at once, and closes.
    func leave(_ farewell: [UInt8]) {
        if case .open = state, goal == nil, output.isEmpty, !farewell.isEmpty {
            output.append(farewell)
            if let transport { _ = output.withParts(1) { transport.write($0) } }
        }
        fail(.closed)
    }

    // MARK: On the wire

    /// Begins to watch a socket that connects. Returns `false` when the system refuses.
    func watch(_ descriptor: Int32) -> Bool {
        interest = CLINUX_EPOLLIN | CLINUX_EPOLLOUT | CLINUX_EPOLLRDHUP
        guard let token = core.loop.watch(descriptor, interest, self) else { return false }
        self.token = token
        transport = .plain(descriptor)
        state = .connecting
        return true
    }

    func handle(_ flags: UInt32) {
        switch state {
        case .connecting: connected(flags)
        case .handshaking: shakeHands()
        case .open:
            if flags & CLINUX_EPOLLOUT != 0 { flush() }
            read()
        case .new, .closed: break
        }
    }

    /// Begins or goes on with the handshake.
    func shakeHands() {
        state = .handshaking
        guard case .tls(let session) = transport else { return fail(.closed) }
        if let outcome = session.handshake() {
            if case .blocked = outcome { return settle() }
            return fail(.tls(session.reason ?? "the server ended the handshake"))
        }
        opened()
    }

    /// Connected, and with keys where there are to be some.
    func opened() {
        state = .open
        settle()
        finish(.success([]))
    }

    private func flush() {
        guard let transport else { return }
        while !output.isEmpty {
            switch output.withParts(8, { transport.write($0) }) {
            case .bytes(let count): output.drop(count)
            case .blocked: return settle()
            // Why it stopped reading it may have said before.
            case .ended, .failed: output.removeAll()
            }
        }
        settle()
        if case .send = goal { finish(.success([])) }
    }

    private func read() {
        guard let transport else { return }
        while !hasEnded {
            if let line = takeLine() { return finish(.success(line)) }
            guard case .open = state, input.count < Self.inputLimit else { return settle() }
            switch transport.read(into: core.loop.input) {
            case .bytes(let count): input.append(contentsOf: core.loop.input[..<count])
            case .blocked:
                note()
                return settle()
            case .ended, .failed: hasEnded = true
            }
        }
        if let line = takeLine() { return finish(.success(line)) }
        note()
        settle()
        // Nothing more comes; what is being sent may still get through, and what was said may still be asked for.
        if case .send = goal { return }
        if goal == nil, !input.isEmpty { return }
        fail(.disconnected)
    }

    /// The next line, if it is wanted and there. Ends the connection for one that is too long.
    private func takeLine() -> [UInt8]? {
        guard case .line(let length) = goal else { return nil }
        while searched < input.count, searched <= length + 1 {
            guard input[searched] == UInt8(ascii: "\n") else {
                searched += 1
                continue
            }
            var line = input[..<searched]
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            guard line.count <= length else {
                fail(.headTooLarge)
                return nil
            }
            let taken = Array(line)
            input.removeFirst(searched + 1)
            searched = 0
            return taken
        }
        if searched > length + 1 { fail(.headTooLarge) }
        return nil
    }

    private func note() {
        var usable = false
        if case .open = state { usable = input.isEmpty && !hasEnded }
        isUsable.store(usable, ordering: .releasing)
    }

    private func settle() {
        guard let transport else { return }
        // What is too much ahead waits with the system, and an end is told once.
        var wanted: UInt32 = 0
        if !hasEnded { wanted |= CLINUX_EPOLLRDHUP }
        if !hasEnded, input.count < Self.inputLimit { wanted |= CLINUX_EPOLLIN }
        if !output.isEmpty || transport.wantsWrite { wanted |= CLINUX_EPOLLOUT }
        guard wanted != interest else { return }
        interest = wanted
        core.loop.poller.modify(transport.descriptor, wanted, token: token)
    }
}
