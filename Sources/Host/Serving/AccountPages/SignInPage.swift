import HTTPServer
import PluginAPI

/// Where people sign in to the portal's pages.
enum SignInPage {
    /// What is typed again when a form comes back.
    struct Typed: Sendable {
        var phone = ""
        var isRemembered = false
        var next: LocalPath?

        init(next: LocalPath?) { self.next = next }

        init(_ form: FormBody) {
            phone = form["phone"]
            isRemembered = form.isTicked("remember")
            next = LocalPath(form["next"])
        }
    }

    /// `GET /sign-in?next=`
    @Sendable static func show(_ call: HostCall) async throws -> Response {
        let next = call.query.first { $0.name == "next" }.flatMap { LocalPath($0.value) }
        if call.session?.session != nil { return call.redirect(to: next?.text ?? "/me/sessions") }
        return phoneForm(call, Typed(next: next))
    }

    /// `POST /sign-in/code`: texts a code, the same for known and unknown numbers.
    @Sendable static func requestCode(_ call: HostCall) async throws -> Response {
        let form = try FormBody(call)
        let typed = Typed(form)
        guard isMeant(form, call) else { return phoneForm(call, typed, message: stale, status: 403) }
        guard let phone = Phone(typed.phone.filter { !" ()-./".contains($0) }) else {
            return phoneForm(
                call, typed, message: "That is no phone number with its country code, such as +1 555 010 0001.",
                status: 400)
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
        guard isMeant(form, call), let phone = Phone(typed.phone) else {
            return phoneForm(call, typed, message: stale, status: 403)
        }
        try call.count(phone.text)
        let code = form["code"].filter { !$0.isWhitespace }
        guard let person = try await call.runtime.auth.prove(phone: phone, code: code, origin: call.origin) else {
            return codeForm(
                call, phone, typed, message: "The code is wrong, or it is no longer good.", status: 401)
        }
        return try await signIn(person, methods: CodeProof.methods, typed, call)
    }

    /// Begins the session of somebody who has proven who they are, and sends them on.
    static func signIn(
        _ person: PersonID, methods: Set<String>, _ typed: Typed, _ call: HostCall
    ) async throws -> Response {
        let session = try await call.runtime.auth.startPageSession(
            person, methods: methods, isRemembered: typed.isRemembered, replacing: call.sessionCookie,
            origin: call.origin)
        var response = call.redirect(to: typed.next?.text ?? "/me/sessions")
        call.set(session, on: &response)
        if let device = call.device { call.set(device, on: &response) }
        return response
    }

    static let stale = "This page was open too long, or the browser keeps no cookies. Please try again."

    /// Whether the form was written for this browser; the browser's own word about other sites was heard before.
    private static func isMeant(_ form: FormBody, _ call: HostCall) -> Bool {
        let provenance = Provenance(call.inbound.request, origins: [])
        return provenance != .foreign && form.isGood(for: call.device.map { .device($0.value) }, call)
    }

    private static func phoneForm(
        _ call: HostCall, _ typed: Typed, message: String? = nil, status: Int = 200
    ) -> Response {
        framed(call, typed, message: message, status: status) { rest in
            """
            <form method="post" action="/sign-in/code">
            <p><label for="phone">Your phone number, with the country code</label>
            <input id="phone" name="phone" type="tel" autocomplete="tel" required maxlength="32" value="\(typed.phone)"></p>
            \(rest)
            <p><button>Text me a code</button></p>
            </form>
            """
        }
    }

    private static func codeForm(
        _ call: HostCall, _ phone: Phone, _ typed: Typed, message: String? = nil, status: Int = 200
    ) -> Response {
        framed(call, typed, message: message, status: status) { rest in
            """
            <p>If somebody here has the number \(phone.text), a code is on its way to it. It is good for five minutes.</p>
            <form method="post" action="/sign-in/phone">
            <input type="hidden" name="phone" value="\(phone.text)">
            <p><label for="code">The six digits of the code</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12"></p>
            \(rest)
            <p><button>Sign in</button></p>
            </form>
            <p><a href="/sign-in">Use another number</a></p>
            """
        }
    }

    /// A page with a form, which carries where to go on, whether to remember, and a token of the browser's own.
    private static func framed(
        _ call: HostCall, _ typed: Typed, message: String?, status: Int, _ form: (HTML) -> HTML
    ) -> Response {
        let known = call.device
        let device = known ?? DeviceCookie.make()
        let next: HTML = typed.next.map { "<input type=\"hidden\" name=\"next\" value=\"\($0.text)\">" } ?? ""
        let ticked: HTML = typed.isRemembered ? " checked" : ""
        let rest: HTML = """
            \(next)\(call.tokenField(for: .device(device.value)))
            <p><label><input type="checkbox" name="remember"\(ticked)> Keep me signed in on this device</label></p>
            """
        let said: HTML = message.map { "<p class=\"error\" role=\"alert\">\($0)</p>" } ?? ""
        var response = call.page("Sign in", "<h1>Sign in</h1>\n\(said)\n\(form(rest))", status: status)
        if known == nil { call.set(device, on: &response) }
        return response
    }
}
