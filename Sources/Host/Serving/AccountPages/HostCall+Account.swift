import Database
import HTTPServer
import PluginAPI

extension HostCall {
    private var slug: String { runtime.tenant.slug }

    /// A page that nobody but this browser may keep, and only as long as it is shown.
    func page(
        _ title: String, _ main: HTML, status: Int = 200, referrer: String = "same-origin"
    ) -> Response {
        let document = Shell.page(title, main, runtime.tenant, language: Phrase.spoken(language))
        var response = Response(page: document, status: status, referrer: referrer)
        response.headers.add("cache-control: no-store")
        return response
    }

    /// A narrow page, below the portal's name.
    ///
    /// - Parameters:
    ///   - said: what came of a form; shown first, and in the title where something is wrong.
    ///   - referrer: see ``page(_:_:status:referrer:)``.
    func account(
        _ title: Phrase, _ said: Said?, status: Int = 200, referrer: String = "same-origin", _ main: HTML
    ) -> Response {
        let heading = say(title)
        let mark = said?.isError == true ? say(.error) + ": " : ""
        return page(
            mark + heading,
            """
            <div class="narrow">
            <p class="who">\(runtime.tenant.name)</p>
            <h1>\(heading)</h1>
            \(said?.html ?? "")
            \(main)
            </div>
            """, status: status, referrer: referrer)
    }

    /// A phrase in the reader's language.
    func say(_ phrase: Phrase) -> String { phrase.text(in: language) }

    /// Sends the browser to a page of this portal, with GET (RFC 9110 §15.4.4).
    func redirect(to path: String) -> Response {
        var response = Response(status: 303)
        response.headers.add("location", path)
        response.headers.add("cache-control: no-store")
        return response
    }

    /// The person with a session; an API key is none.
    ///
    /// - Throws: ``Problem`` 401 for strangers, 403 for API keys.
    func signedIn() throws(Problem) -> (facts: SessionFacts, session: String) {
        guard let facts = session else { throw .signInRequired }
        guard let id = facts.session else { throw .interactiveOnly }
        return (facts, id)
    }

    /// The form, when the host wrote it for the caller's session.
    ///
    /// - Throws: ``Problem``: 401, 403, or what is wrong with the form.
    func form() throws(Problem) -> (form: FormBody, facts: SessionFacts, session: String) {
        let (facts, id) = try signedIn()
        let form = try FormBody(self)
        guard form.isGood(for: .session(id), self) else { throw .forgedRequest }
        return (form, facts, id)
    }

    /// Whether a form was written for this browser, whoever is signed in; the browser's own word about other sites was
    /// heard before.
    func isMeant(_ form: FormBody) -> Bool {
        let provenance = Provenance(inbound.request, origins: [])
        return provenance != .foreign && form.isGood(for: device.map { .device($0.value) }, self)
    }

    /// The hidden field that every form of the host carries.
    func tokenField(for owner: FormToken.Owner) -> HTML {
        let token = FormToken.make(for: owner, runtime.auth.tenantKeys)
        return "<input type=\"hidden\" name=\"\(FormBody.tokenField)\" value=\"\(token)\">"
    }

    /// The browser's cookie of its own, if it sent one.
    var device: DeviceCookie? { inbound.device(of: slug) }

    /// The value of the session cookie that the browser sent, whether or not it is good.
    var sessionCookie: String? { inbound.cookie(.session, of: slug).map { inbound.request.string($0) } }

    func set(_ device: DeviceCookie, on response: inout Response) {
        response.headers.add(inbound.set(.device, device.value, maxAge: DeviceCookie.maxAge, of: slug))
    }

    func set(_ session: TenantAuth.PageSession, on response: inout Response) {
        response.headers.add(inbound.set(.session, session.secret, maxAge: session.maxAge, of: slug))
    }

    func clearSession(on response: inout Response) {
        response.headers.add(inbound.set(.session, "", maxAge: 0, of: slug))
    }

    /// Where a change made here comes from.
    var origin: Origin {
        Origin(
            plugin: Owner.host.id, person: session?.person, apiKey: session?.apiKey?.id, requestID: inbound.id,
            correlationID: inbound.correlationID, address: inbound.address, userAgent: inbound.header(.userAgent),
            now: inbound.now)
    }
}
