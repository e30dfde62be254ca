/// What a browser without scripts does: it keeps cookies, reads forms and sends them.
struct Browser {
    private let demo: PorticoProcess
    private let slug: String
    private(set) var cookies: [String: String] = [:]

    init(_ demo: PorticoProcess, at slug: String) {
        self.demo = demo
        self.slug = slug
    }

    /// Asks for something with the cookies, and keeps those that come.
    mutating func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        var request = request.with("Accept", "text/html")
        if !cookies.isEmpty {
            request = request.with("Cookie", cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; "))
        }
        let answer = try await demo.send(request, to: slug)
        for field in answer.fields where field.name.lowercased() == "set-cookie" {
            let pair = field.value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        return answer
    }

    /// The forms of a page, and where its links lead.
    mutating func forms(at path: String) async throws -> (forms: [WebForm], links: [String]) {
        let page = try await send(.get(path))
        let links = page.text.matches(of: #/<a [^>]*href="([^"#]*)"/#).map { String($0.1) }
        return (WebForm.all(in: page.text), links)
    }

    /// Sends a form with a value in one of its fields.
    mutating func submit(_ form: WebForm, _ field: String, _ value: String) async throws -> HTTPAnswer {
        var pairs = form.fields.map { ($0.name, $0.name == field ? value : $0.filling) }
        pairs.removeAll { $0.1.isEmpty }
        let body = pairs.map { "\(Self.escaped($0))=\(Self.escaped($1))" }.joined(separator: "&")
        return try await send(
            HTTPRequest(
                method: "POST", path: form.action,
                fields: [("Content-Type", "application/x-www-form-urlencoded")], body: Array(body.utf8)))
    }

    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let letter = Character(UnicodeScalar(byte))
            if letter.isASCII, letter.isLetter || letter.isNumber || "-_.".contains(letter) { return String(letter) }
            return "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

/// A form as a page shows it.
struct WebForm {
    struct Field {
        let name: String
        let type: String
        /// What the page put into it.
        let value: String
        let autocomplete: String

        /// What somebody types who knows nothing.
        var filling: String {
            if !value.isEmpty { return value }
            if type == "password" { return "Wrong#Passage-1" }
            if autocomplete == "one-time-code" || name == "code" { return "000000" }
            return type == "checkbox" ? "" : "Kim"
        }
    }

    let action: String
    let fields: [Field]

    /// Every form of a page that is sent by POST.
    static func all(in page: String) -> [WebForm] {
        page.matches(of: #/<form [^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/#.dotMatchesNewlines())
            .map { form in
                let fields = form.2.matches(of: #/<input [^>]*>/#).map { input in
                    let attribute = { (name: String) in Self.attribute(name, String(input.0)) }
                    return Field(
                        name: attribute("name"), type: attribute("type"), value: attribute("value"),
                        autocomplete: attribute("autocomplete"))
                }
                return WebForm(action: String(form.1), fields: fields)
            }
    }

    /// The field that takes the name of an account, and of which kind it is.
    func field(in kinds: some Sequence<String>) -> (name: String, kind: String)? {
        for field in fields {
            if let kind = kinds.first(where: { field.name == $0 }) { return (field.name, kind) }
            switch field.autocomplete {
            case "username", "email": return (field.name, "email")
            case "tel": return (field.name, "phone")
            default: continue
            }
        }
        return nil
    }

    private static func attribute(_ name: String, _ tag: String) -> String {
        guard let value = tag.split(separator: " \(name)=\"").dropFirst().first else { return "" }
        return String(value.prefix { $0 != "\"" }).replacing("&amp;", with: "&")
    }
}
