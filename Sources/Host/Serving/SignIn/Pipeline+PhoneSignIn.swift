import HTTPServer
import PluginAPI

/// The steps of a sign-in by texted code (seed 001).
extension Pipeline {
    func requestCode(_ call: inout SignInCall) async throws -> Response {
        let input = try call.input(PhoneCodeRequest.schema)
        try count(input.phone.text, &call)
        let settings = call.runtime.settings.values
        let spent = try await call.auth.requestCode(
            phone: input.phone, origin: call.origin, registrationIsOpen: settings.registration == .open,
            budget: settings.limits.sms)
        if let spent { log.write(spent, tenant: call.runtime.tenant.slug, requestID: call.admitted.inbound.id) }
        let answer = CodeRequested(
            expiresIn: Int(PhoneCodes.lifetime.components.seconds),
            resendAfter: Int(PhoneCodes.cooldown.components.seconds))
        return plain(202, CodeRequested.schema.encode(answer), call.admitted)
    }

    func verifyCode(_ call: inout SignInCall) async throws -> Response {
        let input = try call.input(PhoneCodeProof.schema)
        try count(input.phone.text, &call)
        let outcome = try await call.auth.verifyCode(
            phone: input.phone, code: input.code, plugin: call.definition.id,
            role: call.mount.declaration.roles.first ?? "", origin: call.origin,
            registrationIsOpen: call.runtime.settings.values.registration == .open, enrol: call.enrol)
        return try await answer(outcome, call)
    }
}
