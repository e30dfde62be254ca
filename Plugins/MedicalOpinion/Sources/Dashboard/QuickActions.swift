internal import PluginAPI

/// What a customer is offered to do at once.
enum QuickActions {
    static func all(
        _ state: JourneyState, _ persona: PersonaType?, _ predictions: Predictions
    ) -> [DashboardAnswer.QuickAction] {
        var offers: [(id: String, label: String, icon: String, context: String?)] = []
        if state.count(.informationRequested) > state.count(.informationProvided) {
            offers.append(("provide_information", "Answer the Open Request", "document", "Your case waits for you"))
        }
        if state.count(.opinionDelivered) > state.count(.opinionRead) {
            offers.append(("view_opinion", "Read Your Opinion", "document", "An expert opinion is ready"))
        }
        offers.append(
            (
                "submit_case", state.cases.submitted == 0 ? "Submit Your First Case" : "Submit New Case",
                "plus-medical", nil
            ))
        if state.count(.opinionDelivered) > state.count(.caseRated) {
            offers.append(("rate_case", "Rate Your Opinion", "star", nil))
        }
        if predictions.referPercent ?? 0 >= 35 {
            offers.append(
                ("refer_friend", "Refer a Friend", "share", "You're likely to refer based on your satisfaction"))
        }
        if state.count(.profileCompleted) == 0 {
            offers.append(("complete_profile", "Complete Your Profile", "user", nil))
        }
        switch persona {
        case .cautiousResearcher: offers.append(("read_guides", "Read Our Guides", "book", nil))
        case .informedAdvocator: offers.append(("message_expert", "Write a Message", "message", nil))
        case .techSavvyOptimizer where state.count(.deviceRegistered) == 0:
            offers.append(("register_device", "Turn On Push Notifications", "phone", nil))
        case .techSavvyOptimizer, nil: break
        }
        return offers.enumerated().map { place, offer in
            DashboardAnswer.QuickAction(
                id: offer.id, label: offer.label, icon: offer.icon, priority: place + 1,
                personalized: state.hasActed, context: offer.context)
        }
    }
}
