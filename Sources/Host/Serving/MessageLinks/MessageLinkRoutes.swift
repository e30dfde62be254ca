import Database
import HTTPServer
import PluginAPI

/// What the links of the portal's own in messages lead to. They need no sign-in: the tag in the link is what lets one in, and a
/// link does one small thing for one person.
enum MessageLinkRoutes {
    /// - Parameter table: where the limits are counted.
    static func routes(in table: LimitTable) -> [HostRoute] {
        let plan = LimitPlan(
            general: [], own: [RateLimit(per: .address, [.init(600, each: .seconds(60))])], name: "message-links",
            in: table)
        let unsubscribing = MessageLinks.unsubscribePath + "/{token}"
        return [
            HostRoute(.get, unsubscribing, kind: .page, limits: plan, ask),
            HostRoute(.post, unsubscribing, kind: .form, limits: plan, unsubscribe),
            HostRoute(.get, MessageLinks.openPath + "/{token}", limits: plan, opened),
            HostRoute(.get, MessageLinks.clickPath + "/{token}", limits: plan, clicked),
        ]
    }

    /// A page with a button: programs that look at links in mails must not end anything by it.
    @Sendable private static func ask(_ call: HostCall) async throws -> Response {
        let (_, categories) = try wish(call)
        let isGerman = call.language.base == "de"
        let (title, text, button): (String, HTML, String) =
            isGerman
            ? ("E-Mails abbestellen", "Keine E-Mails mehr von \(call.runtime.tenant.name) zu: ", "Abbestellen")
            : ("Unsubscribe", "No more mail from \(call.runtime.tenant.name) about: ", "Unsubscribe")
        let names = categories.map { $0.name.replacing("_", with: " ") }.joined(separator: ", ")
        return call.page(
            title,
            """
            <h1>\(title)</h1>
            <p>\(text)\(names)</p>
            <form method="post"><p><button>\(button)</button></p></form>
            """)
    }

    /// Ends mails of a kind. One click of a mail program comes here too (RFC 8058), without cookies or sign-in.
    @Sendable private static func unsubscribe(_ call: HostCall) async throws -> Response {
        let (person, categories) = try wish(call)
        var origin = call.origin
        origin.person = person
        let change = origin
        try await call.runtime.database.write(as: .host) { session in
            let host = HostWriter(session)
            guard var preferences = try PreferencesTable.preferences(of: person, host) else { return }
            for category in categories { preferences.unsubscribe(from: category) }
            try PreferencesTable.set(preferences, of: person, change, host)
        }
        let isGerman = call.language.base == "de"
        let title = isGerman ? "Abbestellt" : "Unsubscribed"
        let text =
            isGerman
            ? "Sie bekommen keine solchen E-Mails mehr. In Ihren Einstellungen können Sie sie wieder bestellen."
            : "You get no more mail of this kind. Your preferences let you subscribe again."
        return call.page(title, "<h1>\(title)</h1><p>\(text)</p>")
    }

    private static func wish(_ call: HostCall) throws(Problem) -> (PersonID, [NoticeCategory]) {
        let parts = try parts(of: call, for: .unsubscribing)
        guard let person = parts.first, parts.count > 1 else { throw .notFound }
        return (PersonID(rawValue: person), parts.dropFirst().map { NoticeCategory($0) })
    }

    /// A picture of one transparent point (GIF 89a).
    private static let point: [UInt8] = [
        0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x21, 0xF9, 4, 1, 0, 0,
        0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B,
    ]

    @Sendable private static func opened(_ call: HostCall) async throws -> Response {
        guard let delivery = try parts(of: call, for: .opening).first else { throw Problem.notFound }
        try await note(delivery, isClick: false, call)
        var response = Response(status: 200, body: .bytes(point))
        response.headers.add("content-type: image/gif")
        response.headers.add("cache-control: no-store")
        return response
    }

    @Sendable private static func clicked(_ call: HostCall) async throws -> Response {
        let parts = try parts(of: call, for: .clicking)
        // Nowhere but where the message itself pointed to.
        guard parts.count == 2, let delivery = parts.first, let url = parts.last,
            url.hasPrefix("https://") || url.hasPrefix("http://"),
            url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
        else { throw Problem.notFound }
        try await note(delivery, isClick: true, call)
        var response = Response(status: 302)
        response.headers.add("location", encoded(url))
        response.headers.add("cache-control: no-store")
        response.headers.add("referrer-policy: no-referrer")
        return response
    }

    /// What is not ASCII goes percent-encoded into a field (RFC 3986 §2.1).
    private static func encoded(_ url: String) -> String {
        var text = ""
        for byte in url.utf8 {
            guard byte >= 0x80 else {
                text.unicodeScalars.append(Unicode.Scalar(byte))
                continue
            }
            text += "%" + String(byte, radix: 16, uppercase: true)
        }
        return text
    }

    /// Links of messages sent before the tenant turned tracking off lead on, and nothing is noted.
    private static func note(_ delivery: String, isClick: Bool, _ call: HostCall) async throws {
        guard call.runtime.settings.values.messaging.tracking else { return }
        let now = call.inbound.now
        try await call.runtime.database.write(as: .host) { session in
            try DeliveryTable.noteUse(of: delivery, isClick: isClick, now: now, HostWriter(session))
        }
    }

    private static func parts(of call: HostCall, for purpose: SignedText.Purpose) throws(Problem) -> [String] {
        guard let token = call.path.first?.value,
            let parts = SignedText.read(token, for: purpose, call.runtime.auth.tenantKeys)
        else { throw .notFound }
        return parts
    }
}
