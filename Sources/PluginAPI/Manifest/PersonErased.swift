public import Time

/// A person was taken out of the tenant (GDPR art. 17). A plugin listens for it to finish what its ``PersonalData`` cannot
/// say: files of what is gone, work that waits, records that the law has it keep for a while. By then the rows are deleted or
/// carry the pseudonym; who it was nothing says any more.
///
///     listeners: [.on(Self.forget)]
///     func forget(_ event: PersonErased, _ tx: borrowing Transaction, _ context: WorkContext) throws
public struct PersonErased: Event {
    public static let name = "portico.person-erased"
    /// Stands where the person's id stood.
    public let pseudonym: PersonID
    public let at: Instant

    public init(pseudonym: PersonID, at: Instant) {
        self.pseudonym = pseudonym
        self.at = at
    }

    public static let schema = Schema.object(
        Self.init(pseudonym:at:), Field("pseudonym", \.pseudonym, PersonID.schema), Field("at", \.at, Instant.schema))
}
