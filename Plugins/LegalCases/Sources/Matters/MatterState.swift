internal import PluginAPI

/// Where a case stands.
enum MatterState: String, CaseIterable, Sendable, SQLConvertible {
    case intake
    case conflictCheck = "conflict_check"
    case engaged, open
    case onHold = "on_hold"
    case closed, archived

    /// What is done to a case; the words of the paths.
    enum Move: String, CaseIterable, Sendable {
        case checkConflicts = "check-conflicts"
        case engage, open, pause, close, reopen, archive

        /// From where it leads, and whereto: the only table of it.
        var table: (from: [MatterState], to: MatterState) {
            switch self {
            case .checkConflicts: ([.intake, .conflictCheck], .conflictCheck)
            case .engage: ([.conflictCheck], .engaged)
            case .open: ([.engaged, .onHold], .open)
            case .pause: ([.open], .onHold)
            case .close: ([.intake, .conflictCheck, .engaged, .open, .onHold], .closed)
            case .reopen: ([.closed], .open)
            case .archive: ([.closed], .archived)
            }
        }
    }

    /// What can be done now.
    var moves: [Move] { Move.allCases.filter { $0.table.from.contains(self) } }

    /// Seed 003's word.
    var status: MatterStatus {
        switch self {
        case .intake, .conflictCheck: .pending
        case .engaged, .open: .open
        case .onHold: .onHold
        case .closed: .closed
        case .archived: .archived
        }
    }
}

/// The words of seed 003 for where a case stands; the finer one is `detailed_status`.
enum MatterStatus: String, CaseIterable, Sendable {
    case pending = "PENDING"
    case open = "OPEN"
    case onHold = "ON_HOLD"
    case closed = "CLOSED"
    case archived = "ARCHIVED"

    /// The states that this word stands for.
    var states: [MatterState] { MatterState.allCases.filter { $0.status == self } }
}
