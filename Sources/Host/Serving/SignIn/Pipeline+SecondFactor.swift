import HTTPServer
import PluginAPI

/// The steps about second factors (contract §3; seed 000 §2.3).
extension Pipeline {
    func enableFactor(_ call: SignInCall) async throws -> Response {
        _ = try call.input(Nothing.schema)
        let person = try call.present().principal.person
        let enrolment = try await call.auth.enrolFactor(of: person, origin: call.origin)
        return plain(200, FactorEnrolment.schema(call.mount.names).encode(enrolment), call.admitted)
    }

    func verifyFactor(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.factor)
        let shown = try input.shown()
        guard let challenge = input.challengeToken else {
            let (principal, session) = try call.present()
            let codes = try await call.auth.proveFactor(
                of: principal.person, session: session, code: shown, origin: call.origin)
            return recoveryCodes(codes, call)
        }
        let tokens = try await call.auth.answerChallenge(
            challenge, code: shown, at: call.definition.id, call.mount.declaration, origin: call.origin)
        return plain(200, encoded(tokens, account: try await call.account(tokens.signedIn), call), call.admitted)
    }

    func disableFactor(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.factorCode)
        let (principal, session) = try call.present()
        try await call.auth.disableFactor(
            of: principal.person, session: session, code: input.shown(), origin: call.origin)
        return plain(204, [], call.admitted)
    }

    func renewRecoveryCodes(_ call: SignInCall) async throws -> Response {
        let input = try call.input(call.mount.inputs.factorCode)
        let person = try call.present().principal.person
        return recoveryCodes(
            try await call.auth.renewRecoveryCodes(of: person, code: input.shown(), origin: call.origin), call)
    }

    private func recoveryCodes(_ codes: [String], _ call: SignInCall) -> Response {
        let answer = RecoveryCodesShown(recoveryCodes: codes)
        return plain(200, RecoveryCodesShown.schema(call.mount.names).encode(answer), call.admitted)
    }
}
