import Database
import PluginAPI

/// The plugins of the process, their routes in one table and their limits compiled: made once, the same for all tenants.
struct PluginSet: Sendable {
    let definitions: [PluginDefinition]
    let routes: RouteTable
    /// What can be followed live.
    let topics: TopicCatalogue
    /// The limits of each route, by plugin and route.
    let limits: [[LimitPlan]]
    /// The limits of each step of each sign-in, by plugin, sign-in and step.
    let signInLimits: [[[LimitPlan]]]
    /// The limits of each page, by plugin and page.
    let pageLimits: [[LimitPlan]]
    /// What people in tiers are counted by.
    let tiers: TierPolicies
    /// The owner of each plugin's tables.
    let owners: [Owner]

    /// Everything wrong with the plugins, alone and together; the host does not start on any.
    struct Misdeclared: Error, CustomStringConvertible {
        let faults: [String]
        var description: String { faults.joined(separator: "\n") }
    }

    /// - Throws: ``Misdeclared`` with all faults.
    init(_ definitions: [PluginDefinition], hostRoutes: [HostRoute], table: LimitTable) throws(Misdeclared) {
        var faults = definitions.flatMap { plugin in plugin.faults.map { "\(plugin.id): \($0)" } }
        faults += Self.collisions(definitions)
        var routes = RouteTable()
        func add(_ method: HTTPMethod, _ path: String, _ owner: Endpoint.Owner, _ target: Endpoint.Target) {
            if let other = routes.add(method, path, Endpoint(owner: owner, target: target, template: path)) {
                faults.append("\(method.rawValue) \(path) stands where \(other.template) stands already")
            }
        }
        func add(page path: String, _ position: Int, _ number: Int, _ access: Access) {
            let endpoint = Endpoint(owner: .plugin(position), target: .page(number, access), template: path)
            if let other = routes.add(page: path, endpoint) {
                faults.append("the page \(path) stands where \(other.template) stands already")
            }
        }
        let topics = TopicCatalogue(definitions)
        for (owner, route) in LiveRoutes.all(definitions, topics, in: table) {
            add(route.method, route.path, owner, .host(route))
        }
        for route in hostRoutes { add(route.method, route.path, .host, .host(route)) }
        for (position, plugin) in definitions.enumerated() {
            for (number, route) in plugin.routes.enumerated() {
                add(route.method, route.path, .plugin(position), .route(number, route))
            }
            for (number, signIn) in plugin.signIns.enumerated() {
                for (place, step) in signIn.steps.enumerated() {
                    add(.post, step.path, .plugin(position), .signIn(number, place, step))
                }
            }
            for mounted in plugin.mountedRoutes(of: definitions) {
                let endpoint = Endpoint(
                    owner: .plugin(mounted.owner), target: .route(mounted.number, mounted.declaration),
                    template: mounted.declaration.path, mountedBy: position)
                if let other = routes.add(mounted.declaration.method, mounted.declaration.path, endpoint) {
                    faults.append("\(mounted.declaration.path) stands where \(other.template) stands already")
                }
            }
            for (number, page) in plugin.pages.enumerated() { add(page: page.path, position, number, page.access) }
        }
        var owners: [Owner] = []
        for plugin in definitions {
            do throws(StoreError) { owners.append(plugin.isHost ? .host : try Owner(plugin: plugin.id)) } catch {
                faults.append("\(plugin.id): \(error.message)")
            }
        }
        faults += Self.listenerFaults(definitions)
        var webhooks: Set<String> = []
        for name in definitions.flatMap({ $0.webhooks.map(\.name) }) where !webhooks.insert(name).inserted {
            faults.append("two webhook events are called \(name)")
        }
        guard faults.isEmpty else { throw Misdeclared(faults: faults) }
        self.definitions = definitions
        self.routes = routes
        self.topics = topics
        self.owners = owners
        var limits: [[LimitPlan]] = []
        for plugin in definitions {
            let general = plugin.limits.compactMap { table.compile($0, name: "\(plugin.id)-\($0.key.word)") }
            limits.append(
                plugin.routes.map {
                    LimitPlan(
                        general: general, own: $0.limits, name: Self.name(plugin, $0.method, $0.path),
                        isTiered: !plugin.tiered.isEmpty, in: table)
                })
        }
        self.limits = limits
        let pages = [table.compile(.pages, name: "pages-address")].compactMap { $0 }
        pageLimits = definitions.map { plugin in
            plugin.pages.map {
                LimitPlan(general: pages, own: $0.limits, name: Self.name(plugin, .get, $0.path), in: table)
            }
        }
        tiers = TierPolicies(table)
        signInLimits = definitions.map { plugin in
            plugin.signIns.map { signIn in
                signIn.steps.map { step in
                    LimitPlan(general: [], own: step.limits, name: Self.name(plugin, .post, step.path), in: table)
                }
            }
        }
    }

    private static func name(_ plugin: PluginDefinition, _ method: HTTPMethod, _ path: String) -> String {
        let words = path.split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
        return "\(plugin.id)-\(method.rawValue.lowercased())-\(words)"
    }

    private static func collisions(_ definitions: [PluginDefinition]) -> [String] {
        var faults: [String] = []
        var ids: Set<String> = []
        var prefixes: Set<String> = []
        for plugin in definitions {
            if !ids.insert(plugin.id).inserted { faults.append("two plugins have the id \(plugin.id)") }
            if !prefixes.insert(plugin.tablePrefix).inserted {
                faults.append("two plugins have the table prefix \(plugin.tablePrefix)")
            }
        }
        return faults
    }

    /// A listener, a topic and a webhook read what a publisher writes: every field it needs must be there, and be of the same kind.
    private static func listenerFaults(_ definitions: [PluginDefinition]) -> [String] {
        let events = Dictionary(
            definitions.flatMap(\.events).map { ($0.name, $0.payload) }, uniquingKeysWith: { first, _ in first })
        return definitions.flatMap { plugin in
            let read =
                plugin.listeners + plugin.topics.flatMap { $0.events.map { ($0.event, $0.payload) } }
                + plugin.webhooks.map { ($0.event, $0.payload) }
            return read.flatMap { listener -> [String] in
                guard let published = events[listener.event] else {
                    return ["\(plugin.id): listens to \(listener.event), which nobody publishes"]
                }
                let known = Dictionary(
                    published.properties.map { ($0.name, $0.schema) }, uniquingKeysWith: { a, _ in a })
                return listener.payload.properties.filter { name, schema in
                    known[name]?.keywords["type"] != schema.keywords["type"]
                }.map { "\(plugin.id): reads \($0.name) of \(listener.event) differently from how it is published" }
            }
        }
    }
}
