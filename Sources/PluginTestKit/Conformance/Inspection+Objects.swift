import Host
import PluginAPI

extension Inspection {
    /// Asks for what the exercise's people were shown as somebody else of the same tenant who may do as little as anybody:
    /// one person's things do not exist for another.
    mutating func inspectForeignObjects() async throws {
        for exchange in stage.exchanges where exchange.tenant == portal.tenant && exchange.answer.status < 300 {
            guard let route = route(of: exchange), route.isSignedIn, !route.pathParameters.isEmpty,
                exchange.caller != .stranger, let role = narrowest(for: route)
            else { continue }
            let somebody = try await caller(role)
            guard exchange.caller != somebody else { continue }
            let answer =
                route.isForm
                ? await portal.send(exchange.method, exchange.path, form: SampleInput.form(of: route), as: somebody)
                : await portal.send(exchange.method, exchange.path, SampleInput.body(of: route), as: somebody)
            // A sample body may not be well formed.
            let isHidden = answer.status == 404 || answer.status == 400 && route.hasBody
            expect(isHidden, Self.name(route), "another person's object gets 404", answer)
        }
    }

    /// A role that lets its holder in, but only to their own things; nil when every role that does reaches further.
    private func narrowest(for route: RouteDeclaration) -> String? {
        switch route.access {
        case .anyone: return nil
        case .member: return plugin.roles.first { $0.allows.allSatisfy { $0.scope == .own } }?.name ?? ""
        case .permission(let permission):
            return plugin.roles.first { role in
                let scopes = role.allows.filter { $0.permission.covers(permission) }.map(\.scope)
                return !scopes.isEmpty && scopes.allSatisfy { $0 == .own }
            }?.name
        }
    }
}
