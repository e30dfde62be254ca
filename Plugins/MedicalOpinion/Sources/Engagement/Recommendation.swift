internal import PluginAPI

/// What would make an engagement score better.
struct Recommendation: Described, Equatable {
    let type: String
    let priority: String
    let title: String
    let description: String
    let action: String
    let expectedImpact: String

    static let schema = Schema<Recommendation>.object(
        Recommendation.init(type:priority:title:description:action:expectedImpact:),
        Field("type", \.type, .string(1...64)), Field("priority", \.priority, .string(1...16)),
        Field("title", \.title, .string(1...200)), Field("description", \.description, .string(1...500)),
        Field("action", \.action, .string(1...64)), Field("expectedImpact", \.expectedImpact, .string(1...100)))

    /// One kind of act that is still open, and what one of it would bring: the score is computed as if it had been done.
    private struct Offer {
        let kind: LifecycleEvent.Kind
        let details: JSON
        let type: String
        let priority: String
        let title: String
        let description: String
        let action: String

        init(
            _ kind: LifecycleEvent.Kind, _ type: String, _ priority: String, _ title: String, _ description: String,
            _ action: String, details: JSON = [:]
        ) {
            self.kind = kind
            self.details = details
            self.type = type
            self.priority = priority
            self.title = title
            self.description = description
            self.action = action
        }
    }

    /// What follows from a state, the most pressing first; only what would make the score better.
    static func all(_ state: JourneyState, _ settings: LifecycleSettings, at now: Instant) -> [Recommendation] {
        guard let before = EngagementScore(state, settings, at: now).total else { return [] }
        return offers(state).compactMap { offer in
            var after = state
            after.apply(RecordedEvent(kind: offer.kind, at: now, details: offer.details), settings)
            guard let score = EngagementScore(after, settings, at: now).total, score > before else { return nil }
            return Recommendation(
                type: offer.type, priority: offer.priority, title: offer.title, description: offer.description,
                action: offer.action, expectedImpact: "+\(score - before) engagement score points")
        }
    }

    private static func offers(_ state: JourneyState) -> [Offer] {
        var offers: [Offer] = []
        if state.count(.informationRequested) > state.count(.informationProvided) {
            offers.append(
                Offer(
                    .informationProvided, "response", "high", "Answer the Open Request",
                    "Your case waits for information from you", "provide_information"))
        }
        if state.count(.opinionDelivered) > state.count(.opinionRead) {
            offers.append(
                Offer(.opinionRead, "response", "high", "Read Your Opinion", "An expert opinion is ready", "view_case"))
        }
        if state.count(.messageReceived) > state.count(.messageRead) {
            offers.append(
                Offer(
                    .messageRead, "response", "medium", "Read Your Messages", "There are messages you have not read",
                    "view_messages"))
        }
        if state.count(.opinionDelivered) > state.count(.caseRated) {
            offers.append(
                Offer(
                    .caseRated, "feedback", "medium", "Rate Your Opinion",
                    "Tell us how helpful the opinion was", "rate_case", details: ["rating": 5]))
        }
        if state.count(.profileCompleted) == 0 {
            offers.append(
                Offer(
                    .profileCompleted, "profile", "medium", "Complete Your Profile",
                    "A complete profile spares you questions later", "complete_profile"))
        }
        if state.count(.deviceRegistered) == 0 {
            offers.append(
                Offer(
                    .deviceRegistered, "feature_usage", "low", "Turn On Push Notifications",
                    "Hear of changes on your own device", "register_device"))
        }
        if state.count(.contentRead) < 5 {
            offers.append(
                Offer(
                    .contentRead, "feature_usage", "low", "Read an Article", "Short guides around second opinions",
                    "view_content"))
        }
        return offers
    }
}
