import PluginAPI

extension Inspection {
    /// The steps of a sign-in with nothing that is worth anything.
    mutating func inspectSignIn(_ signIn: SignInDeclaration) async throws {
        let names = SignInNames(plugin.dialect)
        for (step, path) in signIn.paths {
            if let body = Self.worthless(step, names) {
                let answer = await portal.send("POST", path, body)
                expect(answer.status == 401, "POST \(path)", "what is worth nothing gets 401", answer)
            }
            // Who must be signed in for a step is refused before the input is read.
            let takesMember = step.isForMembers
            let sender = takesMember ? try await caller("") : .stranger
            for body in [["unknownField": 1], []] as [JSON] {
                let answer = await portal.send("POST", path, body, as: sender)
                expect(answer.status == 400 && isInDialect(answer), "POST \(path)", "wrong input gets 400", answer)
            }
            guard takesMember else { continue }
            let stranger = await portal.send("POST", path, [:])
            expect(stranger.status == 401, "POST \(path)", "a stranger gets 401", stranger)
        }
    }

    /// Well-formed input that proves nothing; nil for steps that prove nothing.
    private static func worthless(_ step: SignInStep, _ names: SignInNames) -> JSON? {
        let password: JSON = "Worthless#4711-x"
        switch step {
        case .verifyCode: return ["phone": "+15550100000", "code": "000000"]
        case .login:
            return .object([
                names.identifier.rawValue: names.identifier == .email ? "nobody@test.example" : "nobody",
                "password": password,
            ])
        case .refresh, .logout: return .object([names.refreshToken: "nothing"])
        case .resetPassword, .acceptInvitation: return ["token": "nothing", "password": password]
        case .verifyEmail: return ["token": "nothing"]
        case .verifyFactor: return .object([names.spelled("challengeToken"): "nothing", "code": "000000"])
        // A provider that the tenant does not have is a mistake in the input.
        case .requestCode, .changePassword, .forgotPassword, .sendVerification, .register, .social, .enableFactor,
            .disableFactor, .renewRecoveryCodes:
            return nil
        }
    }

    /// What proves somebody at one tenant, tried at the other, where the same phone has the same role.
    mutating func inspectProofs(_ signIn: SignInDeclaration, phone: String) async throws {
        guard let request = signIn.path(of: .requestCode), let verify = signIn.path(of: .verifyCode) else { return }
        for each in [portal, other] { _ = try await each.person(phone: phone, roles: signIn.roles) }
        try await inspectTokens(try await portal.signIn(phone: phone, by: signIn), signIn, verify)
        // Past the pause in which a second code is not sent.
        stage.clock.advance(by: .seconds(60))
        await portal.send("POST", request, ["phone": .string(phone)])
        await other.send("POST", request, ["phone": .string(phone)])
        let (own, foreign) = (try await other.texted(to: phone), try await portal.texted(to: phone))
        guard own != foreign else { return }
        let answer = await other.send("POST", verify, ["phone": .string(phone), "code": .string(foreign)])
        expect(answer.status == 401, "POST \(verify)", "another tenant's code gets 401", answer)
    }

    /// A password of one tenant, tried at the other, where the same name has another one.
    mutating func inspectProofs(_ signIn: SignInDeclaration, number: Int) async throws {
        guard let login = signIn.path(of: .login), let role = signIn.roles.first else { return }
        let name = "proof-\(plugin.id)-\(number)"
        let (password, foreign) = ("Own#Passage-\(number)x", "Other#Passage-\(number)x")
        for (each, password) in [(portal, password), (other, foreign)] {
            _ = try await each.person(
                email: "\(name)@test.example", username: name, password: password, roles: [role])
        }
        let typed = SignInNames(plugin.dialect).identifier == .email ? "\(name)@test.example" : name
        try await inspectTokens(try await portal.signIn(typed, password: password, at: login), signIn, login)
        let answer = try await other.signIn(typed, password: password, at: login)
        expect(answer.status == 401, "POST \(login)", "another tenant's password gets 401", answer)
    }

    /// The tokens of a sign-in at home and elsewhere.
    private mutating func inspectTokens(
        _ signedIn: Answer, _ signIn: SignInDeclaration, _ path: String
    ) async throws {
        let names = SignInNames(plugin.dialect)
        expect(signedIn.status == 200, "POST \(path)", "the right proof gets 200", signedIn)
        let shown: JSON = .object([names.refreshToken: signedIn.data[names.refreshToken] ?? .null])
        guard let refresh = signIn.path(of: .refresh), let logout = signIn.path(of: .logout) else { return }
        for path in [refresh, logout] {
            let answer = await other.send("POST", path, shown)
            expect(answer.status == 401, "POST \(path)", "another tenant's refresh token gets 401", answer)
        }
        let renewed = await portal.send("POST", refresh, shown)
        expect(renewed.status == 200, "POST \(refresh)", "a refresh token gets 200 at home", renewed)
    }
}
