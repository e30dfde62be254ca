/// An e-mail address as providers deliver it: lower case, without a tag behind `+`; without dots where the provider
/// ignores them.
public struct EmailAddress: Sendable, Hashable {
    /// Before the `@`.
    public let local: String
    /// Behind the `@`.
    public let domain: String

    /// - Returns: nil for what has not one `@` with text before and a domain of two or more labels behind.
    public init?(_ text: String) {
        let trimmed = text.lowercased().filter { !$0.isWhitespace }
        let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let local = parts.first, let domain = parts.last, !local.isEmpty else { return nil }
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }) else { return nil }
        var name = String(local.prefix { $0 != "+" })
        if name.isEmpty { name = String(local) }
        let provider = domain == "googlemail.com" ? "gmail.com" : String(domain)
        if provider == "gmail.com" { name.removeAll { $0 == "." } }
        self.local = name
        self.domain = provider
    }

    /// `local@domain`
    public var text: String { local + "@" + domain }
}
