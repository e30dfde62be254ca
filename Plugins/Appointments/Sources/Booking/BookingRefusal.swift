internal import PluginAPI

/// Why a visit is not booked, moved or cancelled.
enum BookingRefusal: Refusal {
    case notACustomer, taken, notOffered, tooSoon, tooFarAhead, tooMany, cannotBeCancelled, tooLateToCancel
    case holdIsOver, cannotBeRescheduled, tooLateToReschedule, rescheduledTooOften, cannotDoThis, tooEarly, clinicOnly
    case nothingFree

    var problem: Problem {
        switch self {
        case .notACustomer: Problem(403, "NOT_A_CUSTOMER", "Only the clinic's customers have this.")
        case .taken: .conflict("TIME_SLOT_CONFLICT", "This time has just been taken.")
        case .notOffered: .conflict("TIME_SLOT_UNAVAILABLE", "There is no visit at this time.")
        case .tooSoon: .conflict("BOOKING_TOO_SOON", "It is too late to book this time here. Please call the clinic.")
        case .tooFarAhead: .conflict("BOOKING_TOO_FAR_AHEAD", "This time cannot be booked yet.")
        case .tooMany: .conflict("TOO_MANY_UPCOMING_APPOINTMENTS", "You already have as many visits ahead as can be.")
        case .cannotBeCancelled: .conflict("APPOINTMENT_NOT_CANCELLABLE", "This visit cannot be cancelled any more.")
        case .tooLateToCancel:
            .conflict("CANCELLATION_TOO_LATE", "It is too late to cancel this visit here. Please call the clinic.")
        case .holdIsOver: .conflict("HOLD_EXPIRED", "This time is not held for you any more.")
        case .cannotBeRescheduled:
            .conflict("APPOINTMENT_NOT_RESCHEDULABLE", "This visit cannot be moved any more.")
        case .tooLateToReschedule:
            .conflict("RESCHEDULING_TOO_LATE", "It is too late to move this visit here. Please call the clinic.")
        case .rescheduledTooOften:
            .conflict("RESCHEDULED_TOO_OFTEN", "This visit was moved as often as can be. Please call the clinic.")
        case .cannotDoThis: .conflict("INVALID_STATE_TRANSITION", "This is not possible as the visit stands now.")
        case .tooEarly: .conflict("TOO_EARLY", "It is too early for this.")
        case .nothingFree: .conflict("TIME_SLOT_CONFLICT", "None of these times can be booked.")
        case .clinicOnly: Problem(403, "CLINIC_ONLY", "Only the clinic's own people do this.")
        }
    }
}
