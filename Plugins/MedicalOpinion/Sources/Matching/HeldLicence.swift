internal import PluginAPI

/// A right to practise somewhere.
struct HeldLicence: Hashable, Sendable {
    let jurisdiction: Jurisdiction
    /// The last day on which it holds.
    let validUntil: Day

    /// An expired one counts as none.
    func isValid(on day: Day) -> Bool { day <= validUntil }
}
