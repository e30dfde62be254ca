import Host
import PluginAPI

/// One inspection of a plugin: two tenants of one host, and what was found.
struct Inspection {
    let stage: Stage
    /// The tenant where everything is tried.
    let portal: Portal
    /// The tenant that must not notice.
    let other: Portal
    let plugin: PluginFacts
    var findings: [String] = []
    /// Somebody with each role, or with none under the empty name.
    private var people: [String: Caller] = [:]
    /// Somebody with every role at the other tenant.
    var omnipotent: Caller?

    init(_ stage: Stage, _ plugin: PluginFacts) {
        self.stage = stage
        portal = Portal(stage: stage, tenant: "test")
        other = Portal(stage: stage, tenant: "other")
        self.plugin = plugin
    }

    mutating func inspect() async throws {
        // What the exercise made, before anything else is tried.
        let ids = madeIDs()
        try await inspectForeignObjects()
        for route in plugin.routes {
            try await inspectAccess(route)
            try await inspectInput(route)
            try await inspectOtherTenant(route, ids)
        }
        for (number, signIn) in plugin.signIns.enumerated() {
            try await inspectSignIn(signIn)
            switch signIn.method {
            case .phone: try await inspectProofs(signIn, phone: "+1555019\(1000 + number)")
            case .password: try await inspectProofs(signIn, number: number)
            }
        }
        try await inspectPersonalData()
        inspectRefusals()
    }

    /// Somebody of a role; nobody's role when empty.
    mutating func caller(_ role: String) async throws -> Caller {
        if let known = people[role] { return known }
        let made = Caller.person(
            try await portal.person(
                email: "conformance-\(people.count)@test.example", roles: role.isEmpty ? [] : [role]),
            by: ["pwd", "sms"])
        people[role] = made
        return made
    }

    /// Somebody whom the route lets in.
    mutating func caller(of route: RouteDeclaration) async throws -> Caller {
        switch route.access {
        case .anyone: return .stranger
        case .member: return try await caller(plugin.roles.first?.name ?? "")
        case .permission(let permission):
            let role = plugin.roles.first { role in
                role.allows.contains {
                    $0.permission.covers(permission) && (route.extent != .whole || $0.scope == .tenant)
                }
            }
            if role == nil { findings.append("\(Self.name(route)): no role allows \(permission.name)") }
            return try await caller(role?.name ?? "")
        }
    }

    /// Notes an answer that is not as promised.
    mutating func expect(_ isKept: Bool, _ route: String, _ promise: String, _ answer: Answer) {
        guard !isKept else { return }
        findings.append("\(route): \(promise), not \(answer.status) \(answer.code ?? "")")
    }

    static func name(_ route: RouteDeclaration) -> String { "\(route.method.rawValue) \(route.path)" }
}
