/// A feature that the host loads for every tenant that enables it.
///
/// A plugin says what it *is* in ``manifest``, which the host reads without any tenant, and does its work as an instance,
/// which the host makes once per tenant from decoded and checked settings. An instance holds services of its own tenant
/// only and is lent a store by each call, so it has no means to reach another tenant's data.
public protocol Plugin: Sendable {
    /// What a company may configure; mistakes in it are reported with file and place before the plugin sees them.
    associatedtype Settings: Described = Nothing

    /// What the plugin is.
    static var manifest: Manifest<Self> { get }

    /// Quick; starts no work, opens nothing, so that there is nothing to undo.
    ///
    /// - Throws: anything that makes these settings unusable; the tenant is reported and left out while others serve.
    init(settings: Settings, services: Services) throws

    /// Checks settings beyond what their schema can say, e.g. that names refer to each other.
    static func check(_ settings: Settings) -> [Mistake]

    /// Checks a text of the tenant's folder `content/<plugin>`. Where there is a fault, the tenant stays as it was until the text
    /// is mended. A plugin that has no use for such texts refuses them.
    static func check(_ content: ContentFile) -> [ContentFile.Fault]

    /// Optional long work of one tenant, only while it is open. Returns when cancelled; `defer` cleans up.
    func run() async throws

    /// Loads what the demo shows; called once for a tenant without data, only with `--demo`.
    func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws
}

extension Plugin {
    public static func check(_ settings: Settings) -> [Mistake] { [] }
    public static func check(_ content: ContentFile) -> [ContentFile.Fault] {
        [ContentFile.Fault("is a text for a plugin that has no use for it")]
    }
    public func run() async throws {}
    public func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws {}
}
