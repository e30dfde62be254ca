internal import PluginAPI

/// The life of an appointment, finer than the wire's four words; `detailedStatus` on the wire.
enum AppointmentState: String, CaseIterable, Sendable, SQLConvertible {
    /// Kept free for somebody who is about to book; no visit yet, and in no list.
    case held
    case requested
    case confirmed
    case checkedIn = "checked_in"
    case inProgress = "in_progress"
    case completed
    case noShow = "no_show"
    case cancelledByCustomer = "cancelled_by_customer"
    case cancelledByClinic = "cancelled_by_clinic"
    /// Its successor takes place in its stead.
    case rescheduled

    /// What moves an appointment on.
    enum Act: String, CaseIterable, Sendable {
        case request, book, confirm, checkIn, start, complete, miss, cancelByCustomer, cancelByClinic, reschedule

        /// Whether customers do it with their own; the clinic does all but what only they can.
        var isForCustomers: Bool {
            switch self {
            case .request, .book, .cancelByCustomer, .reschedule: true
            case .confirm, .checkIn, .start, .complete, .miss, .cancelByClinic: false
            }
        }
    }

    /// All that may happen; whatever is not here is refused. A hold that nobody books is forgotten.
    static let transitions: [(from: AppointmentState, act: Act, to: AppointmentState)] = [
        (.held, .request, .requested),
        (.held, .book, .confirmed),
        (.requested, .confirm, .confirmed),
        (.requested, .cancelByCustomer, .cancelledByCustomer),
        (.requested, .cancelByClinic, .cancelledByClinic),
        (.requested, .reschedule, .rescheduled),
        (.confirmed, .checkIn, .checkedIn),
        (.confirmed, .start, .inProgress),
        (.confirmed, .miss, .noShow),
        (.confirmed, .cancelByCustomer, .cancelledByCustomer),
        (.confirmed, .cancelByClinic, .cancelledByClinic),
        (.confirmed, .reschedule, .rescheduled),
        (.checkedIn, .start, .inProgress),
        (.checkedIn, .cancelByClinic, .cancelledByClinic),
        (.inProgress, .complete, .completed),
    ]

    /// The state after an act; nil when it is not allowed.
    func after(_ act: Act) -> AppointmentState? {
        Self.transitions.first { $0.from == self && $0.act == act }?.to
    }

    /// The wire's word (seed 002 §1.4, contract §10).
    var status: AppointmentStatus {
        switch self {
        case .held, .requested: .scheduled
        case .confirmed, .checkedIn, .inProgress: .confirmed
        case .completed, .noShow: .completed
        case .cancelledByCustomer, .cancelledByClinic, .rescheduled: .cancelled
        }
    }

    /// How it ended, for those that are over.
    var outcome: String? { status == .completed ? rawValue : nil }

    /// Whether it keeps its practitioner and room.
    var isOccupying: Bool { status != .cancelled }

    /// Whether it can still be moved to another time or practitioner as it is.
    var isMovable: Bool { self == .requested || self == .confirmed }
}

/// The words of seed 002 §1.4.
enum AppointmentStatus: String, CaseIterable, Sendable {
    case scheduled = "SCHEDULED"
    case confirmed = "CONFIRMED"
    case cancelled = "CANCELLED"
    case completed = "COMPLETED"

    /// The states that this word stands for.
    var states: [AppointmentState] { AppointmentState.allCases.filter { $0.status == self } }
}
