internal import PluginAPI

/// Why a patient is not added, changed or removed.
enum PatientRefusal: Refusal {
    case exists, mayExist, hasVisits

    var problem: Problem {
        switch self {
        case .exists: .duplicate("The phone number or e-mail address is another account's already.")
        case .mayExist:
            .conflict("PATIENT_MAY_EXIST", "There is a patient of this name and date of birth already.")
        case .hasVisits: .conflict("PATIENT_HAS_APPOINTMENTS", "Cancel the visits that are ahead first.")
        }
    }
}
