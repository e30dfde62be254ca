import PluginAPI

extension Inspection {
    /// Who is let in.
    mutating func inspectAccess(_ route: RouteDeclaration) async throws {
        let name = Self.name(route)
        let (method, path) = (route.method.rawValue, SampleInput.path(of: route))
        let body = SampleInput.body(of: route)
        if case .anyone = route.access { return }
        let stranger = await portal.send(method, path, body)
        expect(stranger.status == 401, name, "a stranger gets 401", stranger)
        for token in try await forgedTokens() {
            let forged = await portal.send(method, path, body, as: .bearer(token))
            expect(forged.status == 401, name, "a forged token gets 401", forged)
        }
        if case .permission = route.access {
            let plain = await portal.send(method, path, body, as: try await caller(""))
            expect(plain.status == 403, name, "somebody without the role gets 403", plain)
        }
        let token = try await portal.token(of: try await caller(of: route)) ?? ""
        let elsewhere = await other.send(method, path, body, as: .bearer(token))
        expect(elsewhere.status == 401, name, "another tenant's token gets 401", elsewhere)
    }

    /// Tokens that look like the tenant's own.
    private mutating func forgedTokens() async throws -> [String] {
        let good = try await portal.token(of: try await caller("")) ?? ""
        let parts = good.split(separator: ".").map(String.init)
        guard parts.count == 3 else { return ["x"] }
        // {"alg":"none"}
        let unsigned = "eyJhbGciOiJub25lIn0"
        let flipped = String(parts[2].reversed())
        return [
            "x", "\(parts[0]).\(parts[1]).", "\(unsigned).\(parts[1]).", "\(parts[0]).\(parts[1]).\(flipped)",
            "\(parts[0]).e30.\(parts[2])",
        ]
    }
}
