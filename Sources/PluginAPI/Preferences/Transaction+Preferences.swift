public import StoreAPI

extension Transaction {
    /// What a person wants to hear, how and when; nil when there is no such account.
    public borrowing func preferences(of person: PersonID) throws(StoreError) -> Preferences? {
        try backend.preferences(of: person)
    }

    /// Changes what a person wants to hear, from the next notice on; language and zone are those of the account. Nothing
    /// happens when there is no such account.
    ///
    ///     let wanted = shape.applied(to: try tx.preferences(of: person) ?? Preferences(), categories: shown, of: call.tenant)
    ///     try tx.set(preferences: wanted, of: person)
    public borrowing func set(preferences: Preferences, of person: PersonID) throws(StoreError) {
        try backend.set(preferences: preferences, of: person)
    }
}

extension ReadTransaction {
    /// What a person wants to hear, how and when; nil when there is no such account.
    public borrowing func preferences(of person: PersonID) throws(StoreError) -> Preferences? {
        try source.preferences(of: person)
    }
}
