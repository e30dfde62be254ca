import Database
import PluginAPI
import Synchronization

/// Notes when sessions and API keys were last used, behind the answer and never before it.
///
/// Whoever authenticates says that a note is due; what has come in meanwhile is written in one transaction, and one at a
/// time. A note that cannot be written is lost, and the next use in some minutes makes another.
final class LastUses: Sendable {
    /// What was used.
    enum Use: Sendable, Hashable {
        case session(String)
        case apiKey(String)
    }

    private struct State {
        var pending: [Use: (at: Instant, every: Int)] = [:]
        var isWriting = false
    }

    /// A use is noted only so many seconds after the one noted before, where nothing else asks for more.
    static let every = 300
    /// More notes than this do not wait.
    static let limit = 4096
    /// So many are written in one transaction.
    private static let batch = 256

    private let database: Database
    private let state = Mutex(State())

    init(_ database: Database) { self.database = database }

    /// Notes a use. Returns at once.
    ///
    /// - Parameter every: nothing is written when the last use noted is less than this many seconds ago.
    func note(_ use: Use, at now: Instant, every: Int) {
        let isFirst = state.withLock { state in
            guard state.pending.count < Self.limit || state.pending[use] != nil else { return false }
            state.pending[use] = (now, every)
            guard !state.isWriting else { return false }
            state.isWriting = true
            return true
        }
        if isFirst { Task.detached { [self] in await write() } }
    }

    /// Whether notes wait or are being written.
    var isBusy: Bool { state.withLock { $0.isWriting } }

    private func write() async {
        while let uses = next() {
            try? await database.write(as: .host) { session in
                let host = HostWriter(session)
                for use in uses { try Self.write(use, host) }
            }
        }
    }

    private func next() -> [Due]? {
        state.withLock { state in
            guard !state.pending.isEmpty else {
                state.isWriting = false
                return nil
            }
            let due = state.pending.prefix(Self.batch).map { Due(use: $0.key, at: $0.value.at, every: $0.value.every) }
            for one in due { state.pending[one.use] = nil }
            return due
        }
    }

    private struct Due: Sendable {
        let use: Use
        let at: Instant
        let every: Int
    }

    /// Another loop may have noted a use meanwhile; then nothing changes.
    private static func write(_ due: Due, _ host: HostWriter) throws(StoreError) {
        let (now, before) = (due.at.microseconds, (due.at - .seconds(due.every)).microseconds)
        switch due.use {
        case .session(let id):
            try host.run(
                "UPDATE portico_session SET last_used_at = \(now) WHERE id = \(id) AND last_used_at <= \(before)")
        case .apiKey(let id):
            try host.run(
                """
                UPDATE portico_api_key SET last_used_at = \(now)
                WHERE id = \(id) AND (last_used_at IS NULL OR last_used_at <= \(before))
                """)
        }
    }
}
