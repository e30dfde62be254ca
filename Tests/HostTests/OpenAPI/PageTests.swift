import PluginAPI
import Testing

@testable import Host

@Suite struct `The page of the API` {
    private let document = everything()
    private var text: String { document.page.text }

    @Test func `shows every operation of the document`() {
        for plugin in document.plugins {
            for operation in plugin.operations {
                #expect(
                    text.contains("<h3 id=\"\(operation.id)\"><code>\(operation.method.rawValue) \(operation.path)"))
                #expect(text.contains("href=\"#\(operation.id)\""))
            }
        }
        #expect(document.plugins.count == 6)
    }

    @Test func `leads every link within the page somewhere`() {
        let page = text
        let targets = page.components(between: "href=\"#", and: "\"")
        let ids = page.components(between: " id=\"", and: "\"")
        #expect(targets.count > 20)
        #expect(Set(targets).subtracting(ids) == [])
        #expect(Set(ids).count == ids.count)
    }

    @Test func `says who may call, limits, parameters, body and answers`() {
        let page = text
        for words in [
            "Takes the permission read:visits for the object", "At most 3 in 1 hour per phone.", "The first day",
            "<a href=\"#schema-VisitsRoom\">VisitsRoom</a> or null", "list of text, 1 to 10 characters",
            "whole number, 1 to 1000, default 1", "<code>TIME_SLOT_CONFLICT</code>", "The body is taken as it comes.",
            "a page of <a href=\"#schema-Visit\">Visit</a>", "Takes no Idempotency-Key: files are streamed.",
        ] { #expect(page.contains(words), "missing: \(words)") }
    }

    @Test func `escapes what plugins and tenants write`() {
        let page = text
        #expect(page.contains("<title>Lumen &amp; Co: API</title>") && page.contains("Visits &amp; more."))
        #expect(page.contains("because it says &lt;what&gt; this is") && !page.contains("<what>"))
        #expect(page.contains("On the &lt;door&gt;"))
    }

    @Test func `has no script and no inline style`() {
        let page = text
        #expect(!page.contains("<script") && !page.contains("style=") && !page.contains("<style"))
        #expect(page.contains("<link rel=\"stylesheet\" href=\"/docs/style.css\">"))
        #expect(APIDocument.style.contains("prefers-color-scheme: dark"))
    }

    @Test func `closes every tag it opens`() {
        let page = text
        for tag in ["table", "tr", "td", "th", "article", "section", "ul", "li", "details", "div", "p", "code", "a"] {
            let opened = page.components(between: "<\(tag)", and: ">").count { $0.isEmpty || $0.hasPrefix(" ") }
            #expect(opened == page.components(between: "</\(tag)", and: ">").count(where: \.isEmpty), "\(tag)")
            #expect(opened > 0, "\(tag)")
        }
    }
}

extension String {
    /// Every text between two others.
    fileprivate func components(between start: String, and end: Character) -> [String] {
        var found: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: start) {
            rest = rest[range.upperBound...]
            found.append(String(rest.prefix { $0 != end }))
        }
        return found
    }
}
