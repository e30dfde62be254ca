internal import PluginAPI

/// How much something matters (seed 004).
enum Priority: String, CaseIterable, Sendable {
    case high = "HIGH"
    case medium = "MEDIUM"
    case low = "LOW"

    /// Higher goes first; what columns hold.
    var rank: Int {
        switch self {
        case .high: 3
        case .medium: 2
        case .low: 1
        }
    }

    init(rank: Int) { self = rank >= 3 ? .high : rank == 2 ? .medium : .low }
}

/// The life of a task.
enum TaskState: String, CaseIterable, Sendable, SQLConvertible {
    case draft, scheduled, active, paused, completed, archived
}

/// What can be done to a task.
enum TaskMove: String, CaseIterable, Sendable {
    case schedule, start, pause, resume, complete, archive
}

extension TaskState {
    /// The state after a move; nil when it is not allowed.
    func after(_ move: TaskMove) -> TaskState? {
        switch (self, move) {
        case (.draft, .schedule), (.scheduled, .schedule): .scheduled
        case (.draft, .start), (.scheduled, .start), (.paused, .resume): .active
        case (.active, .pause): .paused
        case (.active, .complete), (.paused, .complete): .completed
        case (.draft, .archive), (.scheduled, .archive), (.completed, .archive): .archived
        default: nil
        }
    }
}

/// Seed 004's filter of a representative's tasks.
enum TaskFilter: String, CaseIterable, Sendable {
    case all = "ALL"
    case active = "ACTIVE"
    case completed = "COMPLETED"
    case pending = "PENDING"

    var states: [TaskState] {
        switch self {
        case .all: [.scheduled, .active, .paused, .completed]
        case .active: [.active]
        case .completed: [.completed]
        case .pending: [.scheduled, .paused]
        }
    }
}
