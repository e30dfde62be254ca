import HTTPServer
import PluginAPI

/// The way by a texted code.
extension SignInPage {
    /// `POST /sign-in/code`: texts a code, the same for known and unknown numbers.
    @Sendable static func requestCode(_ call: HostCall) async throws -> Response {
        let form = try FormBody(call)
        let typed = Typed(form)
        guard call.isMeant(form) else { return choice(call, typed, .wrong(call.say(.stale)), status: 403) }
        guard let phone = Phone(typed.phone.filter { !" ()-./".contains($0) }) else {
            return choice(call, typed, .wrong(call.say(.badPhone)), status: 400)
        }
        try call.count(phone.text)
        let spent = try await call.runtime.auth.requestCode(
            phone: phone, origin: call.origin, registrationIsOpen: false,
            budget: call.runtime.settings.values.limits.sms)
        if let spent { call.log.write(spent, tenant: call.runtime.tenant.slug, requestID: call.inbound.id) }
        return codeForm(call, phone, typed)
    }

    /// `POST /sign-in/phone`: signs in with the code.
    @Sendable static func provePhone(_ call: HostCall) async throws -> Response {
        let form = try FormBody(call)
        let typed = Typed(form)
        guard call.isMeant(form), let phone = Phone(typed.phone) else {
            return choice(call, typed, .wrong(call.say(.stale)), status: 403)
        }
        try call.count(phone.text)
        let code = form["code"].filter { !$0.isWhitespace }
        let auth = call.runtime.auth
        switch try await auth.prove(
            phone: phone, code: code, isRemembered: typed.isRemembered, origin: call.origin)
        {
        case nil: return codeForm(call, phone, typed, .wrong(call.say(.wrongText)), status: 401)
        case .secondFactorDue(let challenge)?: return factorForm(call, challenge.token, next: typed.next)
        case .person(let person)?:
            let session = try await auth.startPageSession(
                person, methods: CodeProof.methods, isRemembered: typed.isRemembered, replacing: call.sessionCookie,
                origin: call.origin)
            return try await welcome(session, next: typed.next, call)
        }
    }

    private static func codeForm(
        _ call: HostCall, _ phone: Phone, _ typed: Typed, _ said: Said? = nil, status: Int = 200
    ) -> Response {
        let forms = VisitorForms(call)
        return forms.answer(
            call.account(
                .signIn, said, status: status,
                """
                <p>\(call.say(.onItsWay(phone.text)))</p>
                <form method="post" action="/sign-in/phone">
                \(.hidden("phone", phone.text))
                <p><label for="code">\(call.say(.sixDigits))</label>
                <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12"\
                \(said.field)></p>
                \(rest(forms, typed))
                <p><button>\(call.say(.signIn))</button></p>
                </form>
                <p><a href="/sign-in">\(call.say(.anotherNumber))</a></p>
                """))
    }
}
