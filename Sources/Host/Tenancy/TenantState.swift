/// Whether a tenant serves (contract §2).
enum TenantState: String, Sendable, CaseIterable {
    case active
    /// Writes are answered 403.
    case readOnly
    /// Everything is answered 503.
    case suspended
}

/// Who makes the accounts of customers (contract §3).
enum Registration: String, Sendable, CaseIterable {
    /// Whoever proves a phone number or address.
    case open
    /// The tenant's staff; nothing is sent to strangers.
    case invited
}
