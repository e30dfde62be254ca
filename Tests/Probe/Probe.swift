import Dispatch
import Glibc
import HTTPServer

/// HTTPServer alone behind a few fixed routes: what measurements and public conformance suites talk to.
///
/// `http-probe [--port N] [--loops N] …` prints the port it listens on and serves until SIGTERM or SIGINT.
@main struct Probe {
    static func main() async {
        // Watched before anything is started, so that no signal is lost. Dispatch sees a signal that is ignored as such.
        let (stops, stop) = AsyncStream<Void>.makeStream()
        let watches = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let watch = DispatchSource.makeSignalSource(signal: number, queue: .global())
            watch.setEventHandler { stop.yield() }
            watch.resume()
            return watch
        }
        signal(SIGPIPE, SIG_IGN)
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
}
