/// What is kept of a tenant while it is not open.
struct TenantEntry: Sendable, Equatable {
    let slug: String
    /// Host names in lower case.
    let domains: [String]
    let state: TenantState
    /// Where its certificate is; nil when it has none.
    let certificate: CertificateSource?
    /// The last good content, without comments and spaces: opening reads this, so a file gone bad since cannot hinder it.
    let content: [UInt8]
    /// Its own words for messages.
    var templates = TenantTemplates.none
    /// Of the files this came from.
    let fingerprint: Fingerprint
}

/// What a reload found, by slug and in order; every tenant is in exactly one list.
struct TenantReload: Sendable, Equatable {
    var added: [String] = []
    var changed: [String] = []
    /// Their folders are gone.
    var removed: [String] = []
    /// Their files are bad: those that served before serve on as they were, the others are left out.
    var broken: [String] = []
    var unchanged: [String] = []
}
