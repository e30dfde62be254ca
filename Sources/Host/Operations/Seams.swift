import Crypto
import Database
import HTTPServer

/// Where a test of the whole host puts something of its own. Everything else is as when serving.
struct Seams: Sendable {
    /// Changes how the databases are run.
    var configure: @Sendable (inout DatabaseConfiguration) -> Void = { _ in }
    /// Keys for the tenants' tokens; a new pool when nil.
    var spareKeys: SpareKeyPool?
    /// Where lines go; the operator's log when nil.
    var log: (any LogSink)?
    /// Looks up the names of other people's servers; the system does when nil.
    var resolver: HostResolver?
    /// The cost of password hashes.
    var passwordCost = Bcrypt.usualCost
}
