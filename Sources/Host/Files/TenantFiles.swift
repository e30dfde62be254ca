import Database
import PluginAPI
import Workers

/// The files of one tenant: sealed in pieces on the disk, with rows that say what they are. Made anew with the tenant's
/// runtime; what it does never blocks its caller's thread.
final class TenantFiles: Sendable {
    let slug: String
    /// `http://lumen.localhost:8080`, without a slash behind.
    let address: String
    let folder: BlobFolder
    let database: Database
    let settings: FileSettings
    let keys: TenantKeys
    /// Outlives this object, as uploads do.
    let writing: BlobsInWriting
    let pool: WorkerPool
    let lane: UInt64
    let log: any LogSink

    init(
        _ tenant: Tenant, _ settings: FileSettings, _ database: Database, _ keys: TenantKeys, _ writing: BlobsInWriting,
        _ pool: WorkerPool, lane: UInt64, log: any LogSink
    ) {
        slug = tenant.slug
        address = tenant.origin
        self.settings = settings
        self.database = database
        self.keys = keys
        self.writing = writing
        self.pool = pool
        self.lane = lane
        self.log = log
        let path = database.path
        folder = BlobFolder(parent: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
    }

    /// What a failure of the disk is to a client; the log has it.
    func problem(of error: any Error, requestID: String) -> any Error {
        guard error is DiskFailure || error is BlobReader.Damaged else { return error }
        log.write(.error, "a file failed", tenant: slug, requestID: requestID, ["error": .text("\(error)")])
        return error is DiskFailure ? Problem.unavailable : Problem.fault
    }
}
