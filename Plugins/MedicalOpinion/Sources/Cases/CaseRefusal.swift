internal import PluginAPI

/// Why something is not done with a case.
enum CaseRefusal: Refusal {
    case ratedAlready, tooLateToAsk, notItsExpert, signInAgain, nothingToSign

    var problem: Problem {
        switch self {
        case .ratedAlready: .duplicate("The opinion was rated already.")
        case .tooLateToAsk: .conflict("RESOURCE_CONFLICT", "The time to ask about this opinion is over.")
        case .notItsExpert:
            Problem(403, "INSUFFICIENT_PERMISSIONS", "Only the expert to whom the case is assigned signs its opinion.")
        case .signInAgain:
            Problem(403, "SIGN_IN_AGAIN", "A signature needs a fresh sign-in. Sign in again, then sign.")
        case .nothingToSign: .conflict("RESOURCE_CONFLICT", "There is no opinion to sign yet.")
        }
    }
}
