import HTTPServer
import PluginAPI

/// What people do about their passwords and addresses.
extension Pipeline {
    func changePassword(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.changePassword)
        let (principal, session) = try call.present()
        let names = call.mount.names
        try await call.auth.changePassword(
            of: principal.person, from: input.current, to: input.new,
            fields: (names.spelled("currentPassword"), names.spelled("newPassword")), keeping: session,
            origin: call.origin)
        return plain(204, [], call.admitted)
    }

    func forgotPassword(_ call: inout SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.identifier)
        try count(input.identifier, &call)
        try await call.auth.requestPasswordReset(of: call.name(input.identifier), origin: call.origin)
        return linkRequested(.reset, call)
    }

    func resetPassword(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.setPassword)
        try await call.auth.setPassword(
            input.password, field: "password", byLink: input.token, for: .reset, origin: call.origin)
        return plain(204, [], call.admitted)
    }

    func sendVerification(_ call: SignInCall) async throws -> Response {
        _ = try call.input(Nothing.schema)
        let principal = try call.present().principal
        try await call.auth.requestVerification(
            of: principal.person, methods: principal.methods, origin: call.origin)
        return linkRequested(.verify, call)
    }

    func verifyEmail(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.link)
        guard let token = LinkToken(input.token, .verify, call.auth.tenantKeys) else { throw Problem.tokenInvalid }
        try await call.auth.verifyEmail(byLink: token, origin: call.origin)
        return plain(204, [], call.admitted)
    }

    func register(_ call: inout SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.register)
        try count(input.email.text, &call)
        guard call.runtime.settings.values.registration == .open else { throw Problem.notOpen }
        try await call.auth.register(
            LinkContent(
                email: input.email, givenName: input.givenName, familyName: input.familyName,
                language: input.language, plugin: call.definition.id), origin: call.origin)
        return linkRequested(.register, call)
    }

    /// Sets the first password by a link: of an invitation by staff, or of a registration.
    func acceptInvitation(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.setPassword)
        if let token = LinkToken(input.token, .register, call.auth.tenantKeys) {
            guard let role = call.mount.declaration.registers, call.mount.declaration.path(of: .register) != nil,
                call.runtime.settings.values.registration == .open
            else { throw Problem.tokenInvalid }
            try await call.auth.completeRegistration(
                byLink: token, password: input.password, field: "password", plugin: call.definition.id, role: role,
                origin: call.origin, enrol: call.enrol)
        } else {
            try await call.auth.setPassword(
                input.password, field: "password", byLink: input.token, for: .invite, origin: call.origin)
        }
        return plain(204, [], call.admitted)
    }

    private func linkRequested(_ purpose: LinkPurpose, _ call: SignInCall) -> Response {
        let answer = LinkRequested(expiresIn: Int(purpose.lifetime.components.seconds))
        return plain(202, LinkRequested.schema(call.mount.names).encode(answer), call.admitted)
    }
}

extension SignInCall {
    /// Whoever is signed in. An API key acts for a person but is not the person: it has no session.
    ///
    /// - Throws: ``Problem``: 401 for strangers, 403 for API keys.
    func present() throws(Problem) -> (principal: Principal, session: String) {
        guard let principal = admitted.principal else { throw .signInRequired }
        guard let session = principal.session else { throw .forbidden }
        return (principal, session)
    }
}
