internal import PluginAPI

/// Why an expert is not given a case.
enum MatchingRefusal: Refusal {
    case conflictOfInterest, noLicence, notActive

    var problem: Problem {
        switch self {
        case .conflictOfInterest:
            .conflict("CONFLICT_OF_INTEREST", "The professional has a conflict of interest in this case.")
        case .noLicence:
            .conflict("LICENCE_REQUIRED", "The professional has no valid licence for where the patient lives.")
        case .notActive: .conflict("RESOURCE_CONFLICT", "The professional is no longer active.")
        }
    }
}
