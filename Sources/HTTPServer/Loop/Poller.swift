internal import CLinux
internal import Glibc

/// An epoll descriptor and the counter that wakes it, with a second epoll descriptor within the first: sockets that wait
/// to take more bytes stand there, so that however many take them at once, all of them are one event among others.
/// Closed with the last owner, so a late waker never writes to a descriptor that has become something else.
final class Poller: Sendable {
    static let wakeToken = UInt64.max
    /// Some of the sockets that waited take bytes again.
    static let writableToken = UInt64.max - 1

    let epoll: Int32
    let writable: Int32
    let wakeDescriptor: Int32

    init() throws(ServerError) {
        let epoll = clinux_epoll_create()
        guard epoll >= 0 else { throw ServerError(call: "epoll_create1", code: errno) }
        let writable = clinux_epoll_create()
        let wake = clinux_eventfd()
        guard writable >= 0, wake >= 0 else {
            let code = errno
            for descriptor in [epoll, writable, wake] where descriptor >= 0 { close(descriptor) }
            throw ServerError(call: "epoll_create1", code: code)
        }
        self.epoll = epoll
        self.writable = writable
        wakeDescriptor = wake
        _ = clinux_epoll_control(epoll, EPOLL_CTL_ADD, writable, CLINUX_EPOLLIN, Self.writableToken)
        _ = clinux_epoll_control(epoll, EPOLL_CTL_ADD, wake, CLINUX_EPOLLIN, Self.wakeToken)
    }

    deinit {
        close(wakeDescriptor)
        close(writable)
        close(epoll)
    }

    @discardableResult
    func add(_ descriptor: Int32, _ events: UInt32, token: UInt64) -> Bool {
        clinux_epoll_control(epoll, EPOLL_CTL_ADD, descriptor, events, token) == 0
    }

    func modify(_ descriptor: Int32, _ events: UInt32, token: UInt64) {
        _ = clinux_epoll_control(epoll, EPOLL_CTL_MOD, descriptor, events, token)
    }

    func remove(_ descriptor: Int32) {
        _ = clinux_epoll_control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    /// Watches for a socket, which is watched for input already, to take bytes.
    func awaitWritable(_ descriptor: Int32, token: UInt64) {
        _ = clinux_epoll_control(writable, EPOLL_CTL_ADD, descriptor, CLINUX_EPOLLOUT, token)
    }

    func forgetWritable(_ descriptor: Int32) {
        _ = clinux_epoll_control(writable, EPOLL_CTL_DEL, descriptor, 0, 0)
    }

    /// Makes `epoll_wait` return; callable from any thread.
    func wake() {
        var one: UInt64 = 1
        _ = write(wakeDescriptor, &one, 8)
    }

    func acknowledgeWake() {
        var count: UInt64 = 0
        _ = read(wakeDescriptor, &count, 8)
    }
}
