import Dispatch
import Glibc

/// Watches for what the operator tells the process, as long as it is kept.
///
/// Masks would have to be set in every thread, also in those that the runtime starts before the program does, so the
/// signals are ignored as such and watched by Dispatch.
final class SignalWatch {
    /// What a signal means.
    enum Meaning: Sendable {
        /// SIGHUP: read the tenants again.
        case reload
        /// SIGTERM or SIGINT: finish and stop.
        case stop
    }

    /// The signals as they come.
    let received: AsyncStream<Meaning>
    private let sources: [any DispatchSourceSignal]

    init() {
        let (stream, continuation) = AsyncStream<Meaning>.makeStream()
        received = stream
        sources = [(SIGHUP, Meaning.reload), (SIGTERM, .stop), (SIGINT, .stop)].map { number, meaning in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { continuation.yield(meaning) }
            source.resume()
            return source
        }
    }

    deinit { for source in sources { source.cancel() } }

    /// A reader of the log who goes away must not take the process along.
    static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }
}
