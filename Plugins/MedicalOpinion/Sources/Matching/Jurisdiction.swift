/// Where a law holds: a country, or a region of one, such as a state.
struct Jurisdiction: Hashable, Sendable {
    /// ISO 3166-1 alpha-2: `US`.
    let country: String
    /// ISO 3166-2: `US-MA`; nil for the whole country.
    let region: String?

    init(country: String, region: String?) {
        self.country = country
        self.region = region
    }

    /// Where an address is. A state counts that is written as its code, `MA` or `US-MA`; nil where the country is none.
    init?(country: String, state: String) {
        guard let code = CountryCode.code(country) else { return nil }
        let upper = state.uppercased()
        let short = upper.hasPrefix(code + "-") ? upper.dropFirst(code.count + 1) : upper[...]
        self.init(country: code, region: CountryCode.isRegion(short) ? code + "-" + short : nil)
    }

    /// `US-MA`, or `US`.
    var text: String { region ?? country }

    /// Whether what holds here holds there.
    func covers(_ other: Jurisdiction) -> Bool {
        country == other.country && (region == nil || region == other.region)
    }
}
