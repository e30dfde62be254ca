public import Time

/// Somebody signed in: a session began, by whatever way. Plugins that want to know when people were there listen for it;
/// each looks at `plugin` for its own.
///
///     listeners: [.on(Self.signedIn)]
///     func signedIn(_ event: PersonSignedIn, _ tx: borrowing Transaction, _ context: WorkContext) throws
///
/// New tokens for a session that goes on are no sign-in.
public struct PersonSignedIn: Event {
    public static let name = "portico.signed-in"
    public let person: PersonID
    /// The plugin at whose sign-in they did.
    public let plugin: String
    /// The role that their session has.
    public let role: String
    /// When; a listener may hear of it later.
    public let at: Instant

    public init(person: PersonID, plugin: String, role: String, at: Instant) {
        self.person = person
        self.plugin = plugin
        self.role = role
        self.at = at
    }

    public static let schema = Schema.object(
        Self.init(person:plugin:role:at:), Field("person", \.person, PersonID.schema),
        Field("plugin", \.plugin, .string(1...100)), Field("role", \.role, .string(1...100)),
        Field("at", \.at, Instant.schema))
}
