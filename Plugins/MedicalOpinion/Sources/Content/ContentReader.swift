internal import PluginAPI

/// What is known of a customer as a reader, and of what others read.
struct ContentReader: Sendable {
    /// How many cases they had of each specialty; names in lower case.
    let specialties: [String: Int]
    /// How often they read articles with each tag.
    let tags: [String: Int]
    let persona: PersonaType?
    /// The articles they have read.
    let read: Set<String>
    /// How often each article was read in the last thirty days, by whomever.
    let popularity: [String: Int]
    /// What they had cases in or read about, by name, each with its words.
    let interests: [(name: String, words: [String])]

    init(
        specialties: [String: Int], tags: [String: Int], persona: PersonaType?, read: Set<String>,
        popularity: [String: Int]
    ) {
        self.specialties = specialties
        self.tags = tags
        self.persona = persona
        self.read = read
        self.popularity = popularity
        interests = Set(specialties.keys).union(tags.keys).sorted().map { ($0, Article.words(in: $0)) }
    }
}

/// An article, how well it suits a customer, and why.
struct ContentMatch: Sendable {
    let article: Article
    /// 0 to 100.
    let percent: Int
    let reason: String

    /// The sum of what speaks for it: README.md has the points.
    init(_ article: Article, for reader: ContentReader, isFeatured: Bool = false) {
        self.article = article
        var parts: [(points: Int, reason: String)] = []
        let cases = reader.specialties.values.reduce(0, +)
        let shared = article.specialties.filter { reader.specialties[$0] != nil }.sorted()
        if let specialty = shared.max(by: { (reader.specialties[$0] ?? 0, $1) < (reader.specialties[$1] ?? 0, $0) }),
            cases > 0
        {
            let share = (reader.specialties[specialty] ?? 0) * 20 / cases
            parts.append((20 + share, "Based on your recent \(specialty) case"))
        }
        // What they wrote of in cases, or read of, found in the whole of the text.
        let found = reader.interests.filter { interest in
            !interest.words.isEmpty && interest.words.allSatisfy { article.words.contains($0) }
        }
        if let first = found.first {
            let tag = article.tags.filter { reader.tags[$0] != nil }.min() ?? first.name
            parts.append((found.count * 20 / reader.interests.count, "Because you read about \(tag)"))
        }
        if let persona = reader.persona, article.personas.contains(persona) {
            parts.append((20, "Fits the way you like to be informed"))
        }
        if let most = reader.popularity.values.max(), most > 0, let reads = reader.popularity[article.slug] {
            parts.append((reads * 10 / most, "Read by many at the moment"))
        }
        if isFeatured { parts.append((10, "Chosen by our editors")) }
        let isRead = reader.read.contains(article.slug)
        let sum = parts.reduce(0) { $0 + $1.points }
        // Whoever has read it is seldom helped by it again.
        percent = min(100, isRead ? sum / 3 : sum + 10)
        let best = parts.filter { $0.points > 0 }.max { $0.points < $1.points }
        reason = isRead ? "You have read this" : best?.reason ?? "For everybody: not chosen for you yet"
    }
}
