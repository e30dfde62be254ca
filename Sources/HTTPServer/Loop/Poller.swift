internal import CLinux
internal import Glibc

/// An epoll descriptor and the counter that wakes it. Closed with the last owner, so a late waker never writes to a
/// descriptor that has become something else.
final class Poller: Sendable {
    static let wakeToken = UInt64.max

    let epoll: Int32
    let wakeDescriptor: Int32

    init() throws(ServerError) {
        let epoll = clinux_epoll_create()
        guard epoll >= 0 else { throw ServerError(call: "epoll_create1", code: errno) }
        let wake = clinux_eventfd()
        guard wake >= 0 else {
            let code = errno
            close(epoll)
            throw ServerError(call: "eventfd", code: code)
        }
        self.epoll = epoll
        wakeDescriptor = wake
        _ = clinux_epoll_control(epoll, EPOLL_CTL_ADD, wake, CLINUX_EPOLLIN, Self.wakeToken)
    }

    deinit {
        close(wakeDescriptor)
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
