import PluginAPI
import Testing

@testable import Host

@Suite struct `What a client accepts` {
    @Test(arguments: [
        (nil, false), ("", false), ("*/*", false), ("application/*", false), ("application/json", false),
        ("application/problem+json", true), ("Application/Problem+JSON", true),
        ("application/json, application/problem+json", true),
        ("application/json, application/problem+json;q=0.9", false),
        ("application/json;q=0.5, application/problem+json", true),
        ("application/problem+json;q=0, */*", false), ("application/problem+json;q=0", false),
        ("*/*, application/problem+json", true),
        ("application/problem+json; charset=utf-8", true),
    ])
    func `decides on problem details`(_ header: String?, _ prefers: Bool) {
        #expect(Accept(header).prefersProblem == prefers)
    }

    @Test(arguments: [
        (nil, false), ("*/*", false), ("application/json", false), ("text/html", true), ("text/*", true),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true),
        ("application/json, text/html", false), ("application/json;q=0.2, text/html;q=0.3", true),
        ("text/html;q=0.2, */*", false),
    ])
    func `decides on a page`(_ header: String?, _ prefers: Bool) {
        #expect(Accept(header).prefersHTML == prefers)
    }

    @Test(arguments: [
        (nil, true), ("", true), ("nonsense", true), ("*/*;q=0", false), ("application/*;q=0.1", true),
        ("application/json;q=0, */*", true), ("application/json;q=0, application/problem+json;q=0, */*", false),
        ("text/html", false), ("application/problem+json", true), ("application/json;version=2", true),
        ("application/json;q=2", true), ("text/html, application/json;q=2", false),
    ])
    func `decides on 406`(_ header: String?, _ admits: Bool) {
        #expect(Accept(header).admitsJSON == admits)
    }

    @Test func `chooses the most wanted form`() {
        let forms = ["text/calendar", "application/pdf"]
        #expect(Accept("application/pdf, */*;q=0.1").best(of: forms) == "application/pdf")
        #expect(Accept("*/*").best(of: forms) == "text/calendar")
        #expect(Accept("image/png").best(of: forms) == nil)
        #expect(Accept("text/*;q=0.3, text/calendar;q=0.7").quality(of: "text/calendar; charset=utf-8") == 700)
    }

    @Test(arguments: [
        ("0", 0), ("1", 1000), ("0.5", 500), ("0.123", 123), ("1.000", 1000), ("0.", 0), ("1.001", nil), ("2", nil),
        ("0.1234", nil), ("", nil), ("-1", nil), ("0,5", nil), ("0.x", nil),
    ])
    func `reads weights`(_ text: String, _ thousandths: Int?) {
        #expect(Quality.read(text) == thousandths)
    }

    @Test func `costs no more for a longer header`() {
        let many = String(repeating: "text/x, ", count: 32) + "application/problem+json"
        #expect(!Accept(many).prefersProblem)
    }
}

@Suite struct `The language of an answer` {
    private func best(_ header: String?, _ available: [String]) -> String {
        AcceptLanguage.best(header, of: available.compactMap { Language($0) }, fallback: .english).tag
    }

    @Test(arguments: [
        (nil, "en"), ("de", "de"), ("de-CH", "de"), ("DE-ch", "de"), ("pt", "pt-BR"), ("pt-PT", "pt-BR"),
        ("pt-BR", "pt-BR"), ("fr, de;q=0.5", "de"), ("de;q=0.5, pt-BR;q=0.9", "pt-BR"), ("fr", "en"), ("*", "en"),
        ("de;q=0, *", "en"), ("de-x-private", "de"), ("de;q=banana", "en"), ("", "en"), ("zh-Hant-TW, de", "de"),
    ])
    func `is looked up among the tenant's`(_ header: String?, _ tag: String) {
        #expect(best(header, ["en", "de", "pt-BR"]) == tag)
    }

    @Test func `is never one that was refused`() {
        #expect(best("de-AT;q=0, de", ["de-AT"]) == "en")
    }
}
