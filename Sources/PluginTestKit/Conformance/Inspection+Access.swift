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

    /// The steps of a sign-in with nothing that is worth anything.
    mutating func inspectSignIn(_ paths: SignInPaths) async {
        let phone: JSON = "+15550100000"
        let garbage: [(String, JSON)] = [
            (paths.verify, ["phone": phone, "code": "000000"]), (paths.refresh, ["refreshToken": "nothing"]),
            (paths.logout, ["refreshToken": "nothing"]),
        ]
        for (path, body) in garbage {
            let answer = await portal.send("POST", path, body)
            expect(answer.status == 401, "POST \(path)", "what is worth nothing gets 401", answer)
        }
        for path in paths.all {
            for body in [[:], ["unknownField": 1], []] as [JSON] {
                let answer = await portal.send("POST", path, body)
                expect(answer.status == 400 && isInDialect(answer), "POST \(path)", "wrong input gets 400", answer)
            }
        }
    }

    /// What proves somebody at one tenant, tried at the other, where the same phone has the same role.
    mutating func inspectProofs(_ paths: SignInPaths, role: String, phone: String) async throws {
        for each in [portal, other] { _ = try await each.person(phone: phone, roles: [role]) }
        let signedIn = try await portal.signIn(phone: phone, by: paths)
        expect(signedIn.status == 200, "POST \(paths.verify)", "the texted code gets 200", signedIn)
        let refresh = signedIn.body["refreshToken"] ?? .null
        for path in [paths.refresh, paths.logout] {
            let answer = await other.send("POST", path, ["refreshToken": refresh])
            expect(answer.status == 401, "POST \(path)", "another tenant's refresh token gets 401", answer)
        }
        let renewed = await portal.send("POST", paths.refresh, ["refreshToken": refresh])
        expect(renewed.status == 200, "POST \(paths.refresh)", "a refresh token gets 200 at home", renewed)
        // Past the pause in which a second code is not sent.
        stage.clock.advance(by: .seconds(60))
        await portal.send("POST", paths.request, ["phone": .string(phone)])
        await other.send("POST", paths.request, ["phone": .string(phone)])
        let (own, foreign) = (try await other.texted(to: phone), try await portal.texted(to: phone))
        guard own != foreign else { return }
        let answer = await other.send("POST", paths.verify, ["phone": .string(phone), "code": .string(foreign)])
        expect(answer.status == 401, "POST \(paths.verify)", "another tenant's code gets 401", answer)
    }
}
