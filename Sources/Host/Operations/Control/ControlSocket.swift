import HTTPServer
import PluginAPI
import Synchronization
import Workers

/// Hears the command line, as long as the host runs: `<data>/control.sock`, for the host's own user alone.
final class ControlSocket: Sendable {
    private let listener: LocalListener
    private let threads = WorkerPool(name: "control", threads: 2, queueLimit: 32, perKeyLimit: 32)
    private let perform: @Sendable (ControlRequest) async -> ControlAnswer
    private let running = Atomic<Int>(0)

    /// Commands that are carried out at once; more are told to come again.
    private static let limit = 8

    static func path(data: String) -> String { DataFolder.absolute(data) + "/control.sock" }

    /// - Throws: ``StartFailure`` when the socket cannot be made.
    init(
        data: String, perform: @escaping @Sendable (ControlRequest) async -> ControlAnswer
    ) throws(StartFailure) {
        self.perform = perform
        do throws(ServerError) { listener = try LocalListener(path: Self.path(data: data)) } catch {
            throw StartFailure("cannot listen for commands: \(error)")
        }
        do throws(PoolFull) {
            try threads.submit { [weak self, listener] in Self.serve(listener) { self?.answer($0) } }
        } catch { throw StartFailure("cannot listen for commands: \(error)") }
    }

    /// Hears no more commands; those that are being carried out are finished.
    func close() async {
        listener.close()
        await threads.close()
    }

    private static func serve(_ listener: LocalListener, _ answer: (LocalConnection) -> Void) {
        while let connection = listener.accept() { answer(connection) }
    }

    private func answer(_ connection: LocalConnection) {
        guard let line = connection.readLine(limit: ControlRequest.limit), let request = ControlRequest(line: line)
        else {
            connection.writeLine(ControlAnswer("this host does not know the command", status: 1).line)
            return
        }
        guard running.add(1, ordering: .acquiringAndReleasing).newValue <= Self.limit else {
            running.subtract(1, ordering: .acquiringAndReleasing)
            connection.writeLine(ControlAnswer("the host is busy with other commands", status: 1).line)
            return
        }
        Task.detached { [self] in
            let answer = await perform(request)
            // The other side reads in its own time.
            _ = try? await threads.run { connection.writeLine(answer.line) }
            running.subtract(1, ordering: .acquiringAndReleasing)
        }
    }
}

/// Speaks to a running host.
public enum Control {
    /// Sends a request to the host that runs on a data folder. Blocks until it is carried out.
    ///
    /// - Returns: nil when no host runs there.
    /// - Throws: ``StartFailure`` when one runs and cannot be asked, or goes away.
    public static func send(_ request: ControlRequest, data: String) throws(StartFailure) -> ControlAnswer? {
        let path = ControlSocket.path(data: data)
        let connection: LocalConnection?
        do throws(ServerError) { connection = try LocalConnection.connect(to: path) } catch {
            throw StartFailure("cannot ask the running host: \(error)")
        }
        guard let connection else { return nil }
        guard connection.writeLine(request.line), let line = connection.readLine(limit: ControlAnswer.limit),
            let answer = ControlAnswer(line: line)
        else { throw StartFailure("the running host went away before it answered") }
        return answer
    }
}
