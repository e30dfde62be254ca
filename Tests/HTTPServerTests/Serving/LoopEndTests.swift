import Testing

@testable import HTTPServer

@Suite struct `A loop that has ended` {
    @Test func `is freed, with what was still to be done`() async throws {
        let loop = Kept<EventLoop>()
        let work = Kept<Probe>()
        try await withServer({ $0.loops = 1 }, { _ in .answer(.text("x")) }) { server, port in
            let found = server.loops.first
            loop.value = found
            let probe = Probe()
            work.value = probe
            found?.submit { _ = found?.schedule(after: .seconds(3600)) { _ = probe } }
            let client = try RawClient(port)
            try client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.readAnswer().status == 200)
        }
        // The thread lets go of the loop a moment after it has said that it is drained.
        await onThread { wait { loop.value == nil && work.value == nil } }
    }
}

private final class Probe: Sendable {}

/// A weak reference that may be read anywhere.
// @unchecked: written before the threads that read it are told, and weak references are read atomically.
private final class Kept<Object: AnyObject>: @unchecked Sendable {
    weak var value: Object?
}
