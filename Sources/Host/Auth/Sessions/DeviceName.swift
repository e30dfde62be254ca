/// What a person calls the device of a session, from the user agent it told: `Firefox on Windows`. For reading only; anybody
/// may send any user agent.
enum DeviceName {
    /// Words of user agents, the special ones before the general ones that they repeat.
    private static let browsers = [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"), ("Safari", "Safari"),
    ]
    private static let systems = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ]

    /// - Returns: the user agent's own first word where it is no browser; nil where there is none.
    static func of(_ userAgent: String?) -> String? {
        guard let userAgent, !userAgent.isEmpty else { return nil }
        let browser = browsers.first { userAgent.contains($0.0) }?.1
        let system = systems.first { userAgent.contains($0.0) }?.1
        switch (browser, system) {
        case (let browser?, let system?): return "\(browser) on \(system)"
        case (let one?, nil), (nil, let one?): return one
        case (nil, nil):
            let product = userAgent.prefix { $0 != "/" && $0 != " " && $0 != "(" }
            return String((product.isEmpty ? userAgent[...] : product).prefix(40))
        }
    }
}
