// The public face: an engine for the process, a database for each file, sessions lent to closures.

internal import StoreAPI
internal import Synchronization

/// One SQLite file: many readers, one writer, commits in groups.
///
/// It knows no tenant and no plugin, only owners of tables (see ``Owner``). Its connections are opened when they are
/// first needed and may be closed at any time between two uses.
public final class Database: Sendable {
    /// Where the file is.
    public var path: String { file.path }

    /// How often something was committed since the database was made. Whoever was told of a commit, and whoever asks
    /// after them, sees a larger number than before: what was read in between two equal numbers is still so.
    public var commits: UInt64 { file.commits.load(ordering: .acquiring) }

    let file: DatabaseFile
    let writer: Writer
    let hasOwnWriter: Bool
    let readers: [HandlePlace]
    let opening: SerialQueue
    let longReading: SerialQueue
    let closing = Mutex(ClosingState())
    private let onClose: @Sendable () -> Void

    init(
        file: DatabaseFile, writer: Writer, hasOwnWriter: Bool, openers: TurnPool, longReaders: TurnPool,
        onClose: @escaping @Sendable () -> Void
    ) {
        self.file = file
        self.writer = writer
        self.hasOwnWriter = hasOwnWriter
        readers = (0..<max(1, file.configuration.readerSlots)).map { _ in HandlePlace() }
        opening = SerialQueue(pool: openers, capacity: file.configuration.waitingReadsPerDatabase)
        longReading = SerialQueue(pool: longReaders, capacity: file.configuration.waitingReadsPerDatabase)
        self.onClose = onClose
    }

    /// Connections of this database that are open now, those of long reads not counted.
    public var openHandles: Int { (readers + [writer.place]).count { $0.isOpen } }

    /// Lets waiting writes finish, empties the log and closes every connection. Later calls throw `.closed`.
    ///
    /// A second call returns when the first one is done.
    public func close() async {
        let isFirst = await enterClosing()
        guard isFirst else { return }
        await waitForLongReads()
        for place in readers { await close(place, checkpointing: false) }
        await writer.queue.close()
        await close(writer.place, checkpointing: true)
        onClose()
        leaveClosing()
    }
}
