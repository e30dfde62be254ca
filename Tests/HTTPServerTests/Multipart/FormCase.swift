import Testing

@testable import HTTPServer

/// A form on the wire and what it comes to. `$` stands for the boundary's line without its CRLF.
struct FormCase: Sendable, CustomTestStringConvertible {
    let name: String
    let body: String
    let expected: String

    init(_ name: String, _ body: String, _ expected: String) {
        self.name = name
        self.body = body.replacing("$", with: "--b0-und")
        self.expected = expected
    }

    var testDescription: String { name }

    static let boundary: MultipartBoundary = {
        do throws(MultipartFault) {
            return try MultipartBoundary(contentType: "multipart/form-data; boundary=b0-und")
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    static func field(_ disposition: String, _ more: String = "", _ content: String = "x") -> String {
        "$\r\nContent-Disposition: \(disposition)\r\n\(more)\r\n\(content)\r\n$--\r\n"
    }

    static let all = sound + dispositions + malformed

    static let sound = [
        FormCase("one field", field("form-data; name=\"a\"", "", "1"), "a=1"),
        FormCase(
            "two parts (RFC 7578 §4)",
            "$\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n$\r\nContent-Disposition: form-data; "
                + "name=\"f\"; filename=\"x.txt\"\r\nContent-Type: Text/Plain; charset=UTF-8\r\n\r\ntwo\r\nlines\r\n$--\r\n",
            "a=1 f(\"x.txt\")<text/plain>=two\r\nlines"),
        FormCase(
            "preamble and epilogue (RFC 2046 §5.1.1)",
            "before\r\n" + field("form-data; name=a") + "after $ and after", "a=x"),
        FormCase("no CRLF behind the end", "$\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n$--", "a=x"),
        FormCase(
            "padding behind boundaries", "$ \t\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n$-- \r\n", "a=x"),
        FormCase("an empty part", field("form-data; name=a", "", ""), "a="),
        FormCase(
            "an empty part whose header's CRLF is the boundary's (RFC 2046 §5.1.1)",
            "$\r\nContent-Disposition: form-data; name=a\r\n\r\n$--\r\n", "a="),
        FormCase("no parts at all", "$--\r\n", ""),
        FormCase("a boundary inside a line", field("form-data; name=a", "", "x$ y $--"), "a=x--b0-und y --b0-und--"),
        FormCase(
            "almost boundaries", field("form-data; name=a", "", "\r\n--b0-un\r\n-\r\r\n--b0\r\n"),
            "a=\r\n--b0-un\r\n-\r\r\n--b0\r\n"),
        FormCase("a bare LF before the boundary's text", field("form-data; name=a", "", "\n$"), "a=\n--b0-und"),
        FormCase("unknown fields (RFC 7578 §4.8)", field("form-data; name=a", "X-Other: y\r\n"), "a=x"),
        FormCase("a harmless encoding", field("form-data; name=a", "Content-Transfer-Encoding: 8BIT\r\n"), "a=x"),
        FormCase("field names in any case", "$\r\ncOnTeNt-DISPOSITION:form-data;name=a\r\n\r\nx\r\n$--\r\n", "a=x"),
    ]

    static let dispositions = [
        FormCase("UTF-8", field("form-data; name=\"größe\"; filename=\"日本.pdf\""), "größe(\"日本.pdf\")=x"),
        FormCase("an escaped quote", field(#"form-data; name="a\"b"; filename="c\\d""#), "a\"b(\"d\")=x"),
        FormCase("a Windows path", field(#"form-data; name=a; filename="C:\Users\me\x.txt""#), "a(\"x.txt\")=x"),
        FormCase("a path", field("form-data; name=a; filename=\"../../etc/passwd\""), "a(\"passwd\")=x"),
        FormCase("a folder", field("form-data; name=a; filename=\"x/..\""), "a(\"\")=x"),
        FormCase("no file chosen", field("form-data; name=a; filename=\"\"", "", ""), "a(\"\")="),
        FormCase(
            "filename* is ignored (RFC 7578 §4.2)",
            field("form-data; name=a; filename=\"plain\"; filename*=UTF-8''other"), "a(\"plain\")=x"),
        FormCase("filename* alone", field("form-data; name=a; filename*=UTF-8''other"), "a=x"),
        FormCase("a semicolon in quotes", field("form-data; name=\"a;b=c\""), "a;b=c=x"),
        FormCase("an empty parameter", field("form-data; ; name=a;"), "a=x"),
        FormCase(
            "bytes that are no UTF-8 in a file's name", field("form-data; name=a; filename=\"caf\u{FFFD}\""),
            "a(\"caf\u{FFFD}\")=x"),
        FormCase("a name twice", field("form-data; name=a; name=b"), "!malformedHeader"),
        FormCase("an open quote", field("form-data; name=\"a"), "!malformedHeader"),
        FormCase("something behind a quote", field("form-data; name=\"a\"b"), "!malformedHeader"),
        FormCase("no name", field("form-data"), "!missingName"),
        FormCase("an empty name", field("form-data; name=\"\""), "!missingName"),
        FormCase("another disposition", field("attachment; name=a"), "!missingName"),
        FormCase(
            "two dispositions", field("form-data; name=a", "Content-Disposition: form-data; name=b\r\n"),
            "!malformedHeader"),
    ]

    static let malformed = [
        FormCase("nothing", "", "!unfinished"),
        FormCase("no boundary", "hello", "!unfinished"),
        FormCase("no final boundary", "$\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n", "a=x !unfinished"),
        FormCase(
            "half a final boundary", "$\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n$-", "a=x !unfinished"),
        FormCase("an unfinished header", "$\r\nContent-Disposition: form-data; na", "!unfinished"),
        FormCase("text behind a boundary", "$x\r\n", "!malformedBoundary"),
        FormCase("one dash and text behind a boundary", "$-x\r\n", "!malformedBoundary"),
        FormCase("text behind the final boundary", "$--x\r\n", "!malformedBoundary"),
        FormCase("LF behind a boundary", "$\nContent-Disposition: form-data; name=a\n\nx\n$--\n", "!malformedBoundary"),
        FormCase("CR without LF behind a boundary", "$\rX", "!malformedBoundary"),
        FormCase("a padded end", "$ --\r\n", "!malformedBoundary"),
        FormCase(
            "a longer boundary", "$\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n$1\r\n",
            "a=x !malformedBoundary"),
        FormCase("no header", "$\r\n\r\nx\r\n$--\r\n", "!missingName"),
        FormCase("LF in a header", "$\r\nContent-Disposition: form-data; name=a\n\r\nx\r\n$--\r\n", "!malformedHeader"),
        FormCase(
            "CR in a header", "$\r\nContent-Disposition: form-data; name=a\r\r\n\r\nx\r\n$--\r\n", "!malformedHeader"),
        FormCase("NUL in a header", field("form-data; name=\"a\0\""), "!malformedHeader"),
        FormCase("a folded header", field("form-data;\r\n name=a"), "!malformedHeader"),
        FormCase("a header without a colon", field("form-data; name=a", "what\r\n"), "!malformedHeader"),
        FormCase("a space before the colon", field("form-data; name=a", "X : y\r\n"), "!malformedHeader"),
        FormCase("base64", field("form-data; name=a", "Content-Transfer-Encoding: base64\r\n"), "!unknownEncoding"),
    ]
}
