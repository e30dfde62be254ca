import Dispatch
import Glibc
import HTTPServer

/// HTTPServer alone behind a few fixed routes: what measurements and public conformance suites talk to.
///
/// `http-probe [--port N] [--loops N] …` prints the port it listens on and serves until SIGTERM or SIGINT.
@main struct Probe {
    static func main() {
        // Blocked before there is any other thread, so that all of them inherit it and the signals wait for this one.
        var stops = sigset_t()
        sigemptyset(&stops)
        sigaddset(&stops, SIGTERM)
        sigaddset(&stops, SIGINT)
        pthread_sigmask(SIG_BLOCK, &stops, nil)
        signal(SIGPIPE, SIG_IGN)
        do {
            let configuration = try ProbeOptions.configuration(CommandLine.arguments.dropFirst())
            let server = try Server(configuration: configuration, responder: ProbeRoutes())
            for listener in try server.start() { print("listening on port \(listener.address.port)") }
            fflush(nil)
            var stop: Int32 = 0
            sigwait(&stops, &stop)
            let drained = DispatchSemaphore(value: 0)
            Task.detached {
                await server.drain()
                drained.signal()
            }
            drained.wait()
            // The loops end with their last tasks, which may be after this, and must not meet what `exit` has taken apart.
            fflush(nil)
            _exit(0)
        } catch {
            print("http-probe: \(error)")
            exit(2)
        }
    }
}
