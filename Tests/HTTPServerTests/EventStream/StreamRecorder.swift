import Synchronization

@testable import HTTPServer

/// A handler that writes down what happens, and replays what a test says.
final class StreamRecorder: EventStreamHandler {
    private struct State {
        var opened: [EventStream] = []
        var asked: [String] = []
        var endings: [PushEnding] = []
    }

    private let state = Mutex(State())
    private let onOpen: @Sendable (EventStream) -> Void
    private let answer: @Sendable (String, EventStream) async -> Replay

    init(
        onOpen: @escaping @Sendable (EventStream) -> Void = { _ in },
        replay: @escaping @Sendable (String, EventStream) async -> Replay = { _, _ in .rest([]) }
    ) {
        self.onOpen = onOpen
        answer = replay
    }

    func opened(_ stream: EventStream) {
        state.withLock { $0.opened.append(stream) }
        onOpen(stream)
    }

    func replay(after id: String, to stream: EventStream) async -> Replay {
        state.withLock { $0.asked.append(id) }
        return await answer(id, stream)
    }

    func closed(_ stream: EventStream, _ ending: PushEnding) { state.withLock { $0.endings.append(ending) } }

    var asked: [String] { state.withLock { $0.asked } }
    var endings: [PushEnding] { state.withLock { $0.endings } }

    func stream() -> EventStream {
        wait { !state.withLock { $0.opened.isEmpty } }
        return state.withLock { $0.opened[0] }
    }

    func ending() -> PushEnding {
        wait { !endings.isEmpty }
        return endings[0]
    }
}
