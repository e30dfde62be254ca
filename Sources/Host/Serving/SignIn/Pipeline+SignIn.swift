import HTTPServer
import PluginAPI

extension Pipeline {
    /// The answer of a step of a sign-in (contract §3).
    func signIn(
        _ admitted: Admitted, _ place: SignInPlace, _ step: MountedStep, _ body: [UInt8]
    ) async throws -> Response {
        guard Accept(admitted.inbound.header("accept")).admitsJSON else { throw Problem.notAcceptable }
        var call = try SignInCall(admitted, place, owner: plugins.owners[place.plugin], body: body)
        switch step.step {
        case .requestCode: return try await requestCode(&call)
        case .verifyCode: return try await verifyCode(&call)
        case .login: return try await login(&call)
        case .refresh: return try await refresh(call)
        case .logout: return try await logout(call)
        case .changePassword: return try await changePassword(call)
        case .forgotPassword: return try await forgotPassword(&call)
        case .resetPassword: return try await resetPassword(call)
        case .sendVerification: return try await sendVerification(call)
        case .verifyEmail: return try await verifyEmail(call)
        case .acceptInvitation: return try await acceptInvitation(call)
        case .register: return try await register(&call)
        case .social: return try await social(call)
        case .enableFactor: return try await enableFactor(call)
        case .verifyFactor: return try await verifyFactor(call)
        case .disableFactor: return try await disableFactor(call)
        case .renewRecoveryCodes: return try await renewRecoveryCodes(call)
        }
    }

    private func refresh(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.refresh)
        let tokens = try await call.auth.refresh(input.refreshToken, origin: call.origin)
        return plain(200, encoded(tokens, account: nil, call), call.admitted)
    }

    private func logout(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.logout)
        try await call.auth.logout(input.refreshToken, allDevices: input.allDevices, origin: call.origin)
        return plain(204, [], call.admitted)
    }

    /// Counts the limits of a step that its input decides.
    func count(_ value: String, _ call: inout SignInCall) throws(Refused) {
        for (_, policy) in call.admitted.endpoint.limits?.fromInput ?? [] {
            try count(policy, .text(value), &call.admitted)
        }
    }

    /// The tokens, with the account where there is one, in the dialect's words.
    func encoded(_ tokens: TokenAnswer, account: [UInt8]?, _ call: SignInCall) -> [UInt8] {
        let values = SignInAnswer.Values(
            accessToken: tokens.accessToken, refreshToken: tokens.refreshToken, expiresIn: tokens.expiresIn,
            role: tokens.signedIn.role, permissions: tokens.permissions)
        return SignInAnswer(names: call.mount.names, account: call.mount.declaration.account)
            .encoded(values, account: account)
    }

    /// A success in the plugin's dialect that no cache may keep.
    func plain(_ status: Int, _ data: [UInt8], _ admitted: Admitted) -> Response {
        var response = Response(status: status)
        response.headers.add("cache-control: no-store")
        if !data.isEmpty {
            var writer = JSONWriter()
            _ = admitted.dialect.writeSuccess(encoded: data, .value, admitted.facts, into: &writer)
            response.headers.add("content-type", MediaType.json)
            response.body = .bytes(writer.bytes)
        }
        return finished(response, admitted)
    }
}
