import PluginAPI
import PluginTestKit
import Testing

/// A browser without scripts: keeps cookies, follows nothing by itself, reads and sends forms. Every page that it is shown
/// must be one that everybody can use.
final class Browser {
    let portal: Portal
    var cookies: [String: String] = [:]
    var language = "en"

    init(_ portal: Portal) { self.portal = portal }

    private func headers(_ more: [String: String] = [:]) -> [String: String] {
        var headers = ["Accept": "text/html", "Accept-Language": language]
        let pairs = cookies.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ")
        if !pairs.isEmpty { headers["Cookie"] = pairs }
        return headers.merging(more) { $1 }
    }

    /// Opens an address.
    func open(_ path: String) async -> Answer { keep(await portal.send("GET", path, nil, headers: headers())) }

    /// Sends fields to an address, without a form.
    func post(_ path: String, _ fields: [(String, String)], _ more: [String: String] = [:]) async -> Answer {
        let body = fields.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
        let form = ["Content-Type": "application/x-www-form-urlencoded"].merging(more) { $1 }
        return keep(await portal.send("POST", path, bytes: Array(body.utf8), headers: headers(form)))
    }

    /// Fills in and sends the form of a page that leads to a path.
    func send(
        _ page: Answer, to path: String, _ values: [(String, String)] = [], _ more: [String: String] = [:]
    ) async throws -> Answer {
        let form = try #require(Self.form(page, path), "\(page.status) \(page.text)")
        for (name, _) in values where name != "remember" {
            #expect(form.contains("name=\"\(name)\""), "the form has no field \(name)")
        }
        return await post(path, Self.hidden(form) + values, more)
    }

    /// Opens the page that an answer leads to.
    func follow(_ answer: Answer) async throws -> Answer {
        #expect(answer.status == 303, "\(answer.text)")
        return await open(try #require(answer.headers["location"]))
    }

    /// Signs in with a password.
    func signIn(
        _ name: String, _ password: String = Members.password, next: String? = nil, remember: Bool = false
    ) async throws -> Answer {
        let page = await open("/sign-in" + (next.map { "?next=\($0)" } ?? ""))
        return try await send(
            page, to: "/sign-in/password",
            [("name", name), ("password", password)] + (remember ? [("remember", "on")] : []))
    }

    var isSignedIn: Bool { cookies["__Host-portico_session"] != nil }

    private func keep(_ answer: Answer) -> Answer {
        for (name, line) in answer.headers.fields where name == "set-cookie" {
            let parts = line.split(separator: ";", omittingEmptySubsequences: false)
            guard let pair = parts.first?.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false),
                pair.count == 2
            else { continue }
            cookies[String(pair[0])] = line.contains("Max-Age=0") ? nil : String(pair[1])
        }
        if answer.headers["content-type"]?.hasPrefix("text/html") == true { Self.check(answer) }
        return answer
    }

    static func form(_ page: Answer, _ path: String) -> String? {
        page.text.components(between: "<form ", and: "</form>").first { $0.contains("action=\"\(path)\"") }
    }

    static func hidden(_ form: String) -> [(String, String)] {
        form.components(between: "<input type=\"hidden\" ", and: ">").compactMap { field in
            let parts = field.split(separator: "\"", omittingEmptySubsequences: false)
            return parts.count > 3 ? (String(parts[1]), unescaped(String(parts[3]))) : nil
        }
    }

    static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The page without what differs each time.
    static func plain(_ page: Answer) -> String {
        var text = page.text
        for token in page.text.components(between: "name=\"csrf\" value=\"", and: "\"") {
            text = text.replacing(token, with: "…")
        }
        return text
    }

    /// What every page must be.
    private static func check(_ page: Answer) {
        let text = page.text
        let policy = page.headers["content-security-policy"] ?? ""
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("script-src"))
        #expect(!text.contains("<script") && !text.contains("style=\"") && !text.contains(" onclick"))
        #expect(page.headers["x-content-type-options"] == "nosniff")
        #expect(page.headers["cache-control"]?.contains("no-store") == true)
        #expect(text.components(between: "<h1", and: "</h1>").count == 1, "\(text)")
        #expect(text.contains("<main>") && text.contains("<html lang=\"") && text.contains("name=\"viewport\""))
        // Everything that is typed in has a label, and every id is there once.
        let ids = text.components(between: " id=\"", and: "\"")
        #expect(Set(ids).count == ids.count, "\(ids)")
        for field in text.components(between: "<input ", and: ">")
        where !field.contains("type=\"hidden\"") && !field.contains("type=\"checkbox\"") {
            let id = field.components(between: "id=\"", and: "\"").first ?? ""
            #expect(text.contains("<label for=\"\(id)\">"), "\(field)")
        }
        for mark in text.components(between: "aria-describedby=\"", and: "\"")
            + text.components(
                between: "aria-labelledby=\"", and: "\"")
        {
            #expect(ids.contains(mark), "\(mark)")
        }
    }
}

extension String {
    /// What stands between two marks, each time.
    func components(between start: String, and end: String) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let opening = rest.firstRange(of: start) {
            rest = rest[opening.upperBound...]
            guard let closing = rest.firstRange(of: end) else { break }
            found.append(String(rest[..<closing.lowerBound]))
            rest = rest[closing.upperBound...]
        }
        return found
    }
}
