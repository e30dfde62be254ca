import HTTPServer
import PluginAPI

/// The step of a sign-in at an identity provider (seed 000 §2.2).
extension Pipeline {
    func social(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.social)
        let isOpen = call.runtime.settings.values.registration == .open
        let outcome = try await call.auth.signIn(
            TenantAuth.FederatedProof(
                provider: input.provider, idToken: input.idToken, nonce: input.nonce,
                isRemembered: input.isRemembered), at: call.definition.id, roles: call.mount.declaration.roles,
            registers: isOpen ? call.mount.declaration.registers : nil, origin: call.origin, enrol: call.enrol)
        return try await answer(outcome, call)
    }
}
