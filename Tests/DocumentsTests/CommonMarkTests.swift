import Foundation
import Testing

@testable import Documents

@Suite struct `Texts in CommonMark` {
    @Test func `is read as another program reads it`() throws {
        let command = [".ci/python", "markdown-it-py==3.0.0", "--", Oracle.script("commonmark_oracle.py")]
        let expected = try JSONDecoder().decode(
            [String].self, from: Oracle.run(command, [UInt8](try JSONEncoder().encode(Self.texts))))
        #expect(expected.count == Self.texts.count)
        for (text, html) in zip(Self.texts, expected) {
            #expect(CommonMark(text).html() == html, "\(text.debugDescription)")
        }
    }

    private static let texts = [
        "", "\n\n", "Plain", "Two\nlines", "One.\n\nTwo.", "  indented\n   more", "hard  \nbreak", "hard\\\nbreak",
        "# One\n## Two ##\n###### Six\n####### Seven", "#no heading", "# a *b* `c`", "Title\n=====\nSub\n---\ntext",
        "***\n---\n_ _ _\n", "- a\n- b\n- c", "* a\n\n* b\n", "+ a\n  b\n+ c", "1. a\n2. b", "7) a\n8) b",
        "- a\n  - b\n    - c\n- d",
        "- a\n\n  second\n- b", "- a\n- b\n\ntext", "1. a\n\n   ```\n   code\n   ```\n2. b", "- a\n* b\n", "-\n- x",
        "- a\n\n\n- b",
        "text\n- item", "text\n2. no item", "text\n1. item", "- a\nlazy\n- b", "10. ten\n11. eleven",
        "> quote", "> a\n> b\n\n> c", "> a\nlazy", "> # h\n> - x\n> - y\n>\n> p", ">> deep\n> less",
        "> ```\n> code\n> ```", "> a\n- b",
        "```\ncode <b>\n  more\n```", "```swift x\nlet a = 1\n```", "~~~~\n```\n~~~~", "```\nopen\n", "```\na\n\n",
        "    indented\n\n      more\n\ntext", "  ```\n  a\n b\n  ```",
        "*a* _b_ **c** __d__ ***e***", "a*b*c a_b_c", "**a *b* c**", "*a **b** c*", "**a*", "*a**", "* a*", "**",
        "*(a)*", "_a_b", "a **b**c", "*a*b*c*",
        "**a*b*", "***a** b*", "***a* b**", "*a _b* c_", "“*a*”", "*é*", "`a` ``b ` c`` ` d `", "`a", "`a\nb`",
        "*a `*` b*", "\\*a\\* \\\\ \\a \\`",
        "[a](https://example.com)", "[a](/b \"t\")", "[a](<b c> 't')", "[a *b* `c`](x)", "[a](b(c)d)", "[a](b",
        "[a] (b)", "[a]", "[a](javascript)",
        "[a [b](c) d](e)", "![alt *x*](y)".replacingOccurrences(of: "!", with: ""), "*[a*](b)", "[a](b)[c](d)", "[](x)",
        "[a]()", "<https://example.com/a?b=c&d>",
        "<ann@example.com>", "<b>bold</b>", "a < b > c & d \"e\"", "&amp; &lt; &copy; &#65; &#x42; &nope; &",
        "[ä](/ö?a=ü)", "# \n", "#", "a\n# b\nc",
        "- # h\n- > q\n- ```\n  c\n  ```", "-     code\n", "-   a\n    b\n", "1.  a\n    - b\n\n      c\n",
        "a\n\n\n\nb", "\ttab\n", "- \ta", "* * a", "- - - a", "1. - a\n   - b",
    ]

    @Test(arguments: [
        "[x](javascript:alert(1))", "[x](JavaScript:alert(1))", "[x](vbscript:x)", "[x](data:text/html,x)",
        "[x](<java\tscript:alert(1)>)", "[x]( javascript:alert(1))", "<javascript:alert(1)>", "[x](file:///etc/passwd)",
        "[x](a:b)",
    ])
    func `links only to schemes of a list`(_ text: String) {
        let html = CommonMark(text).html()
        #expect(!html.contains("href"), "\(html)")
        #expect(html.hasPrefix("<p>") && html.hasSuffix("</p>\n"))
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](\"onclick=alert(1))", "`<b>`",
        "```a\"b<c\n<d>\n```",
        "[x](/a \"t\\\" onclick=\\\"x\")", "# <i>", "- <u>", "> <s>", "![<b>](x)", "[a](</b\"c>)",
    ])
    func `lets no HTML through`(_ text: String) {
        let html = CommonMark(text).html()
        let known = [
            "p", "h1", "ul", "li", "blockquote", "pre", "code", "a", "/p", "/h1", "/ul", "/li", "/blockquote", "/pre",
            "/code", "/a",
        ]
        for part in html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1) {
            let name = part.prefix { $0 != ">" && $0 != " " && $0 != "\n" }
            #expect(known.contains(String(name)), "\(html)")
        }
        #expect(!html.contains("onclick=alert") || html.contains("&quot;onclick") || html.contains("%22onclick"))
    }

    @Test func `is plain where no marks are wanted, and begins at any heading`() {
        let text = CommonMark("# A *b*\n\n- [c](d)\n- `e`\n\n![picture](x.png)\n")
        #expect(text.plainText == "A b\nc\ne\npicture")
        #expect(text.html(firstHeading: 3).hasPrefix("<h3>A <em>b</em></h3>\n"))
        #expect(CommonMark("###### x").html(firstHeading: 3) == "<h6>x</h6>\n")
        #expect(CommonMark("![alt](x.png)").html() == "<p>alt</p>\n")
    }

    @Test(arguments: [
        String(repeating: "> ", count: 5_000), String(repeating: "- ", count: 5_000) + "a",
        String(repeating: "[", count: 5_000), String(repeating: "[a](", count: 2_000),
        String(repeating: "*a ", count: 5_000),
        String(repeating: "*a_ ", count: 3_000), String(repeating: "**a *b ", count: 2_000),
        String(repeating: "<", count: 10_000),
        (1...300).map { String(repeating: "`", count: $0) }.joined(separator: " "),
        String(repeating: "a\n", count: 5_000),
        String(repeating: "&", count: 10_000), String(repeating: "- a\n", count: 2_000),
        String(repeating: "\\", count: 10_001),
        String(repeating: "]", count: 5_000), String(repeating: "![](", count: 2_000),
    ])
    func `takes no time for texts made to take it`(_ text: String) {
        // No time is measured: what would take hours would end the run.
        #expect(CommonMark(text).html().utf8.count < 50 * text.utf8.count + 1000)
    }

    @Test func `stands below front matter`() throws {
        let text =
            "---\ntitle: \"Before: your visit\"\ntags: [skin, 'a, b', laser]\n# note\n\nempty:\nread-time: 5\n---\n# Body\n---\n"
        let matter = try FrontMatter(text)
        #expect(matter.text("title") == "Before: your visit" && matter.list("tags") == ["skin", "a, b", "laser"])
        #expect(matter.text("empty") == "" && matter.text("read-time") == "5" && matter.text("tags") == nil)
        #expect(
            matter.list("title") == ["Before: your visit"] && matter.list("empty") == [] && matter.list("none") == [])
        #expect(matter.body == "# Body\n---\n")
        #expect(try FrontMatter("# Only a body").body == "# Only a body")
        let wrong = [
            ("---\ntitle\n---\n", 2), ("---\na: 1\na: 2\n---\n", 3), ("---\na: [b\n---\n", 2),
            ("---\na: \"b\n---\n", 2),
            ("---\na b: c\n---\n", 2), ("---\na: b\n", 3),
        ]
        for (text, line) in wrong {
            let fault = #expect(throws: FrontMatter.Fault.self) { try FrontMatter(text) }
            #expect(fault?.line == line, "\(text)")
        }
    }
}
