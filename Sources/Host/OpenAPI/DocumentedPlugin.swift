import PluginAPI

/// What of a plugin its documents show.
struct DocumentedPlugin: Sendable {
    let id: String
    let summary: String
    let dialect: Dialect
    /// Whether the tenant has it; one that it has not lends only its names.
    let isEnabled: Bool
    /// Its sign-ins, then its routes, as declared.
    let operations: [DocumentedOperation]

    /// - Parameters:
    ///   - limits: the plugin's general limits, for routes that have none of their own for a key.
    ///   - isTiered: whether the plugin has customers who are limited by their plan.
    init(
        id: String, summary: String, dialect: Dialect, routes: [RouteDeclaration], signIns: [SignInMount] = [],
        live: [LiveRoute] = [], topics: [TopicDeclaration] = [],
        limits: [RateLimit] = [], isTiered: Bool = false, isEnabled: Bool = true
    ) {
        self.id = id
        self.summary = summary
        self.dialect = dialect
        self.isEnabled = isEnabled
        var operations =
            signIns.flatMap(\.steps).map { DocumentedOperation($0) }
            + routes.map { DocumentedOperation($0, limits, isTiered: isTiered) }
            + live.map { DocumentedOperation($0, topics) }
        var taken: [String: Int] = [:]
        for index in operations.indices {
            let name = operations[index].name
            let count = taken[name, default: 0] + 1
            taken[name] = count
            operations[index].id = "\(id)_\(name)" + (count == 1 ? "" : "_\(count)")
        }
        self.operations = operations
    }

    /// From its manifest.
    init<P: Plugin>(_ manifest: Manifest<P>, isEnabled: Bool = true) {
        self.init(
            id: manifest.id, summary: manifest.summary, dialect: manifest.dialect,
            routes: manifest.routes.map(\.declaration),
            signIns: manifest.signIns.map { SignInMount($0.declaration, manifest.dialect) },
            live: manifest.live, topics: manifest.topics.map(\.declaration),
            limits: manifest.limits, isTiered: !manifest.tiered.isEmpty, isEnabled: isEnabled)
    }

    /// Every schema its operations use, in order.
    var schemas: [JSONSchema] { operations.flatMap(\.schemas) }

    /// `MedicalOpinion` of `medical-opinion`.
    static func pascalCase(_ id: String) -> String {
        id.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
