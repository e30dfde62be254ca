import HTTPServer
import PluginAPI

/// The step of a sign-in by password (seeds 000 §2.1, 002 §1.2, 003, 004).
extension Pipeline {
    func login(_ call: inout SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.login)
        // With the address: strangers elsewhere use up their own tries and leave the account's owner theirs. What is
        // tried from many addresses is the lock's to stop.
        try count(SignInLimits.guess(input.identifier, from: .address(of: call.admitted.inbound)), &call)
        let (inbound, slug) = (call.admitted.inbound, call.runtime.tenant.slug)
        let sent = inbound.device(of: slug)
        let cookie = sent ?? DeviceCookie.make()
        let proof = PasswordProof(
            name: call.name(input.identifier), password: input.password,
            device: input.deviceID.map { "id \($0)" } ?? "cookie \(cookie.value)",
            factorCode: input.factorCode, isRemembered: input.isRemembered)
        let outcome = try await call.auth.signIn(
            proof, at: call.definition.id, roles: call.mount.declaration.roles, origin: call.origin)
        var response = try await answer(outcome, call)
        if case .tokens = outcome, input.deviceID == nil, sent == nil {
            response.headers.add(inbound.set(.device, cookie.value, maxAge: DeviceCookie.maxAge, of: slug))
        }
        return response
    }

    /// What a sign-in is answered with: tokens, or the challenge that stands before them.
    func answer(_ outcome: SignInOutcome, _ call: SignInCall) async throws -> Response {
        switch outcome {
        case .tokens(let tokens):
            plain(200, encoded(tokens, account: try await call.account(tokens.signedIn), call), call.admitted)
        case .secondFactorDue(let challenge):
            plain(200, SecondFactorDue.encoded(challenge, call.mount.names), call.admitted)
        }
    }
}

extension SignInCall {
    /// A name as the dialect has people give it.
    func name(_ identifier: String) -> AccountName {
        AccountName(kind: mount.names.identifier == .email ? .email : .username, text: identifier)
    }
}

/// What is answered in the place of tokens when a second factor must be shown first (contract §3).
enum SecondFactorDue {
    static func encoded(_ challenge: SecondFactorChallenge, _ names: SignInNames) -> [UInt8] {
        let answer: JSON = .object([
            names.spelled("twoFactorRequired"): true,
            names.spelled("challengeToken"): .string(challenge.token),
            "methods": .array(challenge.methods.map { .string($0) }),
            names.spelled("expiresIn"): .integer(Int64(challenge.expiresIn)),
        ])
        return Array(answer.text.utf8)
    }
}
