import PluginAPI

extension Inspection {
    /// The ids in what the exercise was answered.
    func madeIDs() -> [String] {
        var found: Set<String> = []
        func visit(_ json: JSON) {
            switch json {
            case .object(let members):
                for (name, value) in members.list {
                    let isID = name == "id" || name.hasSuffix("Id") || name.hasSuffix("_id")
                    switch value {
                    case .string(let text) where isID: found.insert(text)
                    case .integer(let number) where isID: found.insert("\(number)")
                    default: visit(value)
                    }
                }
            case .array(let elements): elements.forEach(visit)
            default: break
            }
        }
        for exchange in stage.exchanges where exchange.tenant == portal.tenant && exchange.answer.status < 300 {
            visit(exchange.answer.body)
        }
        // Enough to find out; an exercise may make thousands.
        return Array(found.sorted().prefix(200))
    }

    /// Looks for one tenant's objects at the other, as somebody who may do everything there.
    mutating func inspectOtherTenant(_ route: RouteDeclaration, _ ids: [String]) async throws {
        guard !route.pathParameters.isEmpty, route.isSignedIn else { return }
        let name = Self.name(route)
        let everything = try await everyRole()
        let body = SampleInput.body(of: route)
        for id in ids + ["1"] {
            var path = SampleInput.path(of: route)
            for field in route.fields where field.place == .path {
                path = SampleInput.path(of: route, replacing: field.name, with: SampleInput.escaped(id))
            }
            // Another route stands where the id is a word of its path.
            guard !plugin.routes.contains(where: { $0.path == path }) else { continue }
            let answer =
                route.isForm
                ? await other.send(route.method.rawValue, path, form: SampleInput.form(of: route), as: everything)
                : await other.send(route.method.rawValue, path, body, as: everything)
            // A sample body, or an id of another kind, may not be well formed.
            expect(
                answer.status == 404 || answer.status == 400, name, "another tenant's object gets 404", answer)
        }
    }

    /// Somebody at the other tenant with every role everywhere.
    private mutating func everyRole() async throws -> Caller {
        if let omnipotent { return omnipotent }
        let id = try await other.person(email: "everything@other.example", roles: plugin.roles.map(\.name))
        let caller = Caller.person(id, by: ["pwd", "sms"])
        omnipotent = caller
        return caller
    }
}
