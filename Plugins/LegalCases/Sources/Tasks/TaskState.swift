internal import PluginAPI

/// The life of a task, finer than the wire's words; `detailed_status` on the wire.
enum TaskState: String, CaseIterable, Sendable, SQLConvertible {
    case pending
    case inProgress = "in_progress"
    /// Whoever has to do it says that it is done; the other side looks at it.
    case submitted
    case accepted
    /// Looked at, and to be done again.
    case returned
    case cancelled

    /// What moves a task on.
    enum Act: String, CaseIterable, Sendable { case start, submit, accept, giveBack, cancel, reopen }

    /// All that may happen; whatever is not here is refused.
    static let transitions: [(from: TaskState, act: Act, to: TaskState)] = [
        (.pending, .start, .inProgress),
        (.pending, .submit, .submitted),
        (.pending, .accept, .accepted),
        (.pending, .cancel, .cancelled),
        (.inProgress, .submit, .submitted),
        (.inProgress, .accept, .accepted),
        (.inProgress, .cancel, .cancelled),
        (.submitted, .accept, .accepted),
        (.submitted, .giveBack, .returned),
        (.submitted, .cancel, .cancelled),
        (.returned, .start, .inProgress),
        (.returned, .submit, .submitted),
        (.returned, .accept, .accepted),
        (.returned, .cancel, .cancelled),
        (.cancelled, .reopen, .pending),
    ]

    /// The state after an act; nil when it is not allowed.
    func after(_ act: Act) -> TaskState? { Self.transitions.first { $0.from == self && $0.act == act }?.to }

    /// The wire's word (contract §11).
    var status: TaskStatus {
        switch self {
        case .pending, .returned: .pending
        case .inProgress: .inProgress
        case .submitted, .accepted: .completed
        case .cancelled: .cancelled
        }
    }

    /// Whether somebody still has to do it.
    var isOpen: Bool { self == .pending || self == .inProgress || self == .returned }

    static let open = allCases.filter(\.isOpen)
}

/// The words of seed 003.
enum TaskStatus: String, CaseIterable, Sendable {
    case pending = "PENDING"
    case inProgress = "IN_PROGRESS"
    case completed = "COMPLETED"
    case cancelled = "CANCELLED"

    /// The states that this word stands for.
    var states: [TaskState] { TaskState.allCases.filter { $0.status == self } }
}
