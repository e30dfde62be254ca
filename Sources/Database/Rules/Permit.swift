/// What one statement may touch; the authorizer asks the permit that is in force.
final class Permit {
    enum Mode { case trusted, reading, writing, migrating }

    let mode: Mode
    let prefix: [UInt8]
    /// Names after FROM that are no table of the owner: allowed once it is known that they are common table
    /// expressions and not tables.
    var otherNames: Set<String> = []
    /// While the statement is first prepared, other names are collected; later ones must be among them.
    var isPreparing = false
    /// What was refused last, for the log.
    var refusal: String?

    /// BEGIN, COMMIT, pragmas: the module's own statements.
    static func trusted() -> Permit { Permit(mode: .trusted, prefix: []) }

    init(mode: Mode, prefix: [UInt8]) {
        self.mode = mode
        self.prefix = prefix
    }

    var mayWrite: Bool { mode == .writing || mode == .migrating }
}
