import Database
import PluginAPI

/// The plugins of the process, their routes in one table and their limits compiled: made once, the same for all tenants.
struct PluginSet: Sendable {
    let definitions: [PluginDefinition]
    let routes: RouteTable
    /// What can be followed live.
    let topics: TopicCatalogue
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
        let limits = RouteLimits(definitions, in: table)
        var routes = RouteTable()
        func add(_ method: HTTPMethod, _ path: String, _ endpoint: Endpoint) {
            if let other = routes.add(method, path, endpoint) {
                faults.append("\(method.rawValue) \(path) stands where \(other.template) stands already")
            }
        }
        func add(_ route: HostRoute, _ owner: Endpoint.Owner) {
            add(
                route.method, route.path,
                Endpoint(owner: owner, target: .host(route), template: route.path, limits: route.limits))
        }
        let topics = TopicCatalogue(definitions)
        for (owner, route) in LiveRoutes.all(definitions, topics, in: table) {
            add(route, owner)
        }
        for route in hostRoutes { add(route, .host) }
        for (position, plugin) in definitions.enumerated() {
            for (number, route) in plugin.routes.enumerated() {
                add(
                    route.method, route.path,
                    Endpoint(
                        owner: .plugin(position), target: .route(number, route), template: route.path,
                        limits: limits.routes[position][number]))
            }
            for (number, signIn) in plugin.signIns.enumerated() {
                for (place, step) in signIn.steps.enumerated() {
                    add(
                        .post, step.path,
                        Endpoint(
                            owner: .plugin(position), target: .signIn(number, place, step), template: step.path,
                            limits: limits.signIns[position][number][place]))
                }
            }
            for mounted in plugin.mountedRoutes(of: definitions) {
                let endpoint = Endpoint(
                    owner: .plugin(mounted.owner), target: .route(mounted.number, mounted.declaration),
                    template: mounted.declaration.path, limits: limits.routes[mounted.owner][mounted.number],
                    mountedBy: position)
                if let other = routes.add(mounted.declaration.method, mounted.declaration.path, endpoint) {
                    faults.append("\(mounted.declaration.path) stands where \(other.template) stands already")
                }
            }
            for (number, page) in plugin.pages.enumerated() {
                let endpoint = Endpoint(
                    owner: .plugin(position), target: .page(number, page.access), template: page.path,
                    limits: limits.pages[position][number])
                if let other = routes.add(page: page.path, endpoint) {
                    faults.append("the page \(page.path) stands where \(other.template) stands already")
                }
            }
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
        tiers = TierPolicies(table)
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
