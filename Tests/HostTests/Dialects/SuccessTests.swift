import PluginAPI
import Testing

@testable import Host

private let numbers = PageNumbers(page: 1, limit: 20, total: 100)
private let plain = #""pagination":{"page":1,"limit":20,"total":100,"totalPages":5}"#
private let meta = #""meta":{"timestamp":"2025-08-28T10:30:00Z","version":"v1","requestId":"req_1"}"#

@Suite struct `A success` {
    @Test(arguments: [
        (Dialect.envelope, #"{"success":true,"data":{"a":1},"# + meta + "}"),
        (.clinic, #"{"a":1}"#),
        (.bare, #"{"a":1}"#),
        (.status, #"{"status":"success","data":{"a":1}}"#),
        (.problem, #"{"a":1}"#),
    ])
    func `wraps a value as its dialect says`(_ dialect: Dialect, _ expected: String) {
        let written = success(dialect, #"{"a":1}"#, .value, declaredPage: false)
        #expect(written.text == expected)
        #expect(written.data == #"{"a":1}"#)
        #expect(written.pagination == nil)
    }

    @Test(arguments: [
        (Dialect.envelope, #"{"success":true,"data":[1,2],"# + meta + "," + plain + "}"),
        (.clinic, #"{"data":[1,2],"# + plain + "}"),
        (.bare, "[1,2]"),
        (
            .status,
            #"{"status":"success","data":{"items":[1,2],"pagination":{"currentPage":1,"totalPages":5,"totalItems":100,"hasNext":true}}}"#
        ),
        (.problem, #"{"data":[1,2],"# + plain + "}"),
    ])
    func `wraps a page as its dialect says`(_ dialect: Dialect, _ expected: String) {
        let written = success(dialect, "[1,2]", .page(numbers), declaredPage: true)
        #expect(written.text == expected)
        #expect(written.data == "[1,2]")
        #expect(written.pagination.map { expected.contains($0) && $0.hasPrefix("{") && $0.hasSuffix("}") } != false)
        #expect((written.pagination == nil) == (dialect == .bare))
    }

    @Test(arguments: Dialect.allCases)
    func `is right when the shape is not the declared one`(_ dialect: Dialect) {
        let page = success(dialect, "[1,2]", .page(numbers), declaredPage: false)
        #expect(page == success(dialect, "[1,2]", .page(numbers), declaredPage: true))
        let value = success(dialect, "[1,2]", .value, declaredPage: true)
        #expect(value == success(dialect, "[1,2]", .value, declaredPage: false))
    }

    @Test(arguments: Dialect.allCases)
    func `leaves nothing where nothing is answered`(_ dialect: Dialect) {
        #expect(success(dialect, "", .empty, declaredPage: true).text == "")
    }

    @Test(arguments: Dialect.allCases)
    func `stays JSON when a handler writes no value`(_ dialect: Dialect) {
        #expect(success(dialect, "", .value, declaredPage: false).data == "null")
    }

    @Test(arguments: Dialect.allCases)
    func `takes back what it began when the handler throws`(_ dialect: Dialect) {
        var writer = JSONWriter(appendingTo: Array("head ".utf8))
        #expect(throws: Problem.notFound) {
            _ = try dialect.writeSuccess(isPage: true, facts, into: &writer) { (writer) throws(Problem) in
                writer.beginArray()
                writer.value("half")
                throw .notFound
            }
        }
        writer.value(true)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "head true")
    }

    @Test func `takes data that are JSON already, behind other bytes of the same buffer`() {
        var writer = JSONWriter(appendingTo: Array("head ".utf8))
        let written = Dialect.clinic.writeSuccess(encoded: Array("[]".utf8), .page(numbers), facts, into: &writer)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"head {"data":[],"# + plain + "}")
        #expect(written.data == 13..<15)
    }

    @Test func `escapes a request id`() {
        var writer = JSONWriter()
        let odd = RequestFacts(requestID: #"a"b"#, now: seedTime)
        _ = Dialect.envelope.writeSuccess(encoded: Array("1".utf8), .value, odd, into: &writer)
        #expect((try? JSONDocument(writer.bytes))?.root.tree["meta"]?["requestId"] == #"a"b"#)
    }
}

@Suite struct `The link to the next page` {
    private func link(_ query: String?, _ numbers: PageNumbers, _ dialect: Dialect = .bare) -> [String] {
        NextPageLink.headers(dialect, .page(numbers), origin: "http://h", path: "/api/x/", query: query)
            .map { "\($0.name): \($0.value)" }
    }

    @Test func `keeps the rest of the query`() {
        #expect(
            link("status=OPEN&page=2&page_size=50&q=a%20b", PageNumbers(page: 2, limit: 50, total: 151))
                == [#"Link: <http://h/api/x/?status=OPEN&page=3&page_size=50&q=a%20b>; rel="next""#])
    }

    @Test func `names page and size when the query does not`() {
        let numbers = PageNumbers(page: 1, limit: 200, total: 201)
        #expect(link(nil, numbers) == [#"Link: <http://h/api/x/?page=2&page_size=200>; rel="next""#])
        #expect(link("q=1", numbers) == [#"Link: <http://h/api/x/?q=1&page=2&page_size=200>; rel="next""#])
    }

    @Test func `is absent on the last page and in other dialects`() {
        #expect(link(nil, PageNumbers(page: 2, limit: 50, total: 100)) == [])
        #expect(link(nil, PageNumbers(page: 1, limit: 50, total: 0)) == [])
        #expect(link(nil, PageNumbers(page: 1, limit: 50, total: 100), .clinic) == [])
        #expect(
            NextPageLink.headers(.bare, .value, origin: "", path: "/", query: nil).isEmpty)
    }

    @Test func `cannot be broken out of`() {
        let numbers = PageNumbers(page: 1, limit: 1, total: 2)
        #expect(
            link("q=>; rel=\"x\"\r\n", numbers)
                == [#"Link: <http://h/api/x/?q=%3E;%20rel=%22x%22%0D%0A&page=2&page_size=1>; rel="next""#])
    }
}
