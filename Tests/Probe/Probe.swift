import Dispatch
import Glibc
import HTTPServer

/// HTTPServer alone behind a few fixed routes: what measurements and public conformance suites talk to.
///
/// `http-probe [--port N] [--loops N] …` prints the port it listens on and serves until SIGTERM or SIGINT.
@main struct Probe {
    static func main() async {
        let (watches, stops) = watchForStop()
        do {
            let configuration = try ProbeOptions.configuration(CommandLine.arguments.dropFirst())
            let server = try Server(configuration: configuration, responder: ProbeRoutes())
            for listener in try server.start() { print("listening on port \(listener.address.port)") }
            fflush(nil)
            for await _ in stops { break }
            await server.drain()
            for watch in watches { watch.cancel() }
        } catch {
            print("http-probe: \(error)")
            exit(2)
        }
    }

    /// Dispatch sees signals that are ignored as such, and calls from a queue of its own: so not on the main actor.
    private nonisolated static func watchForStop() -> ([any DispatchSourceSignal], AsyncStream<Void>) {
        let (stops, stop) = AsyncStream<Void>.makeStream()
        signal(SIGPIPE, SIG_IGN)
        let watches = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let watch = DispatchSource.makeSignalSource(signal: number, queue: .global())
            watch.setEventHandler { stop.yield() }
            watch.resume()
            return watch
        }
        return (watches, stops)
    }
}
