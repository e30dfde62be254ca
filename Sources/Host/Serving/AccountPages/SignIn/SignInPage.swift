import HTTPServer
import PluginAPI

/// Where people sign in to the portal's pages: by a password, or by a texted code where a plugin has such a sign-in.
enum SignInPage {
    /// What is typed again when a form comes back.
    struct Typed: Sendable {
        var name = ""
        var phone = ""
        var isRemembered = false
        var next: LocalPath?

        init(next: LocalPath?) { self.next = next }

        init(_ form: FormBody) {
            name = form["name"]
            phone = form["phone"]
            isRemembered = form.isTicked("remember")
            next = LocalPath(form["next"])
        }
    }

    /// `GET /sign-in?next=&notice=`
    @Sendable static func show(_ call: HostCall) async throws -> Response {
        let next = call.query.first { $0.name == "next" }.flatMap { LocalPath($0.value) }
        if call.session?.session != nil { return call.redirect(to: next?.text ?? "/me/sessions") }
        return choice(call, Typed(next: next), PageNotice(call).map { .done(call.say($0.phrase)) })
    }

    /// Sends somebody on whose session has just begun, to what the tenant demands of them first if there is something.
    static func welcome(
        _ session: TenantAuth.PageSession, next: LocalPath?, _ call: HostCall
    ) async throws -> Response {
        let lacksFactor = try await call.runtime.auth.lacksFactor(session.person, methods: session.methods)
        let place = lacksFactor ? "/me/security?notice=\(PageNotice.factorDemanded.rawValue)" : next?.text
        var response = call.redirect(to: place ?? "/me/sessions")
        call.set(session, on: &response)
        if let device = call.device { call.set(device, on: &response) }
        return response
    }

    /// The page with every way there is.
    static func choice(_ call: HostCall, _ typed: Typed, _ said: Said? = nil, status: Int = 200) -> Response {
        let forms = VisitorForms(call)
        let wrong = typed.phone.isEmpty ? said.field : ""
        let byPhone: HTML =
            offersPhone(call.runtime)
            ? """
            <section aria-labelledby="by-text">
            <h2 id="by-text">\(call.say(.orByText))</h2>
            <form method="post" action="/sign-in/code">
            <p><label for="phone">\(call.say(.phone))</label>
            <input id="phone" name="phone" type="tel" autocomplete="tel" required maxlength="32" value="\(typed.phone)"\
            \(typed.phone.isEmpty ? "" : said.field)></p>
            <p class="hint">\(call.say(.textRisk))</p>
            \(rest(forms, typed))
            <p><button class="quiet">\(call.say(.textMe))</button></p>
            </form>
            </section>
            """ : ""
        return forms.answer(
            call.account(
                .signIn, said, status: status,
                """
                <form method="post" action="/sign-in/password">
                <p><label for="name">\(call.say(.name))</label>
                <input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required \
                maxlength="254" value="\(typed.name)"\(wrong)></p>
                <p><label for="password">\(call.say(.password))</label>
                <input id="password" name="password" type="password" autocomplete="current-password" required \
                maxlength="1024"\(wrong)></p>
                \(rest(forms, typed))
                <p><button>\(call.say(.signIn))</button></p>
                </form>
                <p><a href="/forgot-password">\(call.say(.forgotten))</a></p>
                \(byPhone)
                """))
    }

    /// What every form of the sign-in carries: where to go on, whether to remember, and a token of the browser's own.
    static func rest(_ forms: VisitorForms, _ typed: Typed) -> HTML {
        let ticked: HTML = typed.isRemembered ? " checked" : ""
        return """
            \(.hidden("next", typed.next?.text))\(forms.token)
            <p><label class="box"><input type="checkbox" name="remember"\(ticked)> \(forms.call.say(.remember))</label></p>
            """
    }

    private static func offersPhone(_ runtime: TenantRuntime) -> Bool {
        zip(runtime.definitions, runtime.plugins).contains { definition, plugin in
            plugin != nil && definition.signIns.contains { $0.declaration.method == .phone }
        }
    }
}
