internal import PluginAPI

/// What is corrected of a call: fields left out stay, null empties.
struct CallChange: Described {
    let disposition: Disposition?
    let sentiment: Change<Sentiment>
    let customerInsights: String?
    let notes: Change<String>
    let audioQuality: Change<AudioQuality>
    let rating: Change<Double>

    static let schema = Schema<CallChange>.object(
        CallChange.init(disposition:sentiment:customerInsights:notes:audioQuality:rating:),
        Field("disposition", \.disposition, .optional(.oneOf)), Field("sentiment", \.sentiment, .change(.oneOf)),
        Field("customerInsights", \.customerInsights, .optional(.string(1...4000))),
        Field("notes", \.notes, .change(.string(0...4000))),
        Field("audioQuality", \.audioQuality, .change(.oneOf)), Field("rating", \.rating, .change(.double(1...5))))

    func applied(to facts: CallFacts) -> CallFacts {
        var facts = facts
        facts.disposition = disposition ?? facts.disposition
        facts.sentiment = sentiment.applied(to: facts.sentiment)
        facts.insights = customerInsights ?? facts.insights
        facts.notes = notes.applied(to: facts.notes)
        facts.audio = audioQuality.applied(to: facts.audio)
        facts.rating = rating.applied(to: facts.rating)
        return facts
    }
}
