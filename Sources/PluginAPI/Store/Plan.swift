public import StoreAPI

/// What a customer of the tenant has bought: how much they may ask is by it, where a plugin's manifest says that its
/// customers are in tiers (seed 000 §10.1).
public enum Plan: String, Sendable, CaseIterable, SQLConvertible, Described {
    case free, standard, premium

    public static let schema = Schema<Plan>.oneOf
}

extension Transaction {
    /// An account's plan: `free` unless another was set; nil when there is no such account.
    public borrowing func plan(of person: PersonID) throws(StoreError) -> Plan? { try backend.plan(of: person) }

    /// Changes an account's plan, from the next request on. Every plan has counts of its own: what was asked under one is
    /// not counted under another, and is still there when the person comes back to it. Nothing happens when there is no
    /// such account.
    public borrowing func set(plan: Plan, of person: PersonID) throws(StoreError) {
        try backend.set(plan: plan, of: person)
    }
}

extension ReadTransaction {
    /// An account's plan: `free` unless another was set; nil when there is no such account.
    public borrowing func plan(of person: PersonID) throws(StoreError) -> Plan? { try source.plan(of: person) }
}
