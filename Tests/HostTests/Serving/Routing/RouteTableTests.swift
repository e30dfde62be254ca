import PluginAPI
import Testing

@testable import Host

@Suite struct `The route table` {
    private static let first = Endpoint.Owner.plugin(0)
    private static let second = Endpoint.Owner.plugin(1)

    private static func endpoint(_ path: String, _ owner: Endpoint.Owner = first) -> Endpoint {
        Endpoint(owner: owner, target: .page(0, .member), template: path, limits: nil)
    }

    /// A table of the first plugin's GET routes at these paths.
    private static func table(_ paths: String...) -> RouteTable {
        var table = RouteTable()
        for path in paths { _ = table.add(.get, path, endpoint(path)) }
        return table
    }

    private static func found(
        _ path: String, in table: RouteTable, where exists: (Endpoint) -> Bool = { _ in true }
    ) -> (template: String?, values: [String])? {
        let bytes = Array(path.utf8)
        return table.match(bytes, bytes.indices, where: exists).map { match in
            (
                match.endpoints.first?.endpoint.template ?? match.page?.template,
                match.values.map { String(decoding: bytes[$0], as: UTF8.self) }
            )
        }
    }

    @Test func `prefers a literal to a parameter and goes back where the literal leads nowhere`() throws {
        let table = Self.table("/a/new", "/a/{id}", "/a/{id}/files", "/a/new/drafts")
        #expect(try #require(Self.found("/a/new", in: table)) == ("/a/new", []))
        #expect(try #require(Self.found("/a/7", in: table)) == ("/a/{id}", ["7"]))
        #expect(try #require(Self.found("/a/new/files", in: table)) == ("/a/{id}/files", ["new"]))
        #expect(try #require(Self.found("/a/new/drafts", in: table)) == ("/a/new/drafts", []))
        #expect(Self.found("/a/7/drafts", in: table) == nil)
        #expect(Self.found("/a", in: table) == nil)
    }

    @Test func `drops the value of a parameter it went back from`() throws {
        let table = Self.table("/{x}/b/c", "/a/{y}/d")
        #expect(try #require(Self.found("/a/b/c", in: table)) == ("/{x}/b/c", ["a"]))
        #expect(try #require(Self.found("/a/b/d", in: table)) == ("/a/{y}/d", ["b"]))
    }

    @Test(arguments: ["/halls", "/halls/", "//halls", "/halls//"])
    func `takes no notice of further slashes`(_ path: String) throws {
        #expect(try #require(Self.found(path, in: Self.table("/halls/"))).template == "/halls/")
    }

    @Test func `keeps an encoded slash inside its segment`() throws {
        let table = Self.table("/a/{id}", "/a/{id}/{part}")
        #expect(try #require(Self.found("/a/x%2Fy", in: table)) == ("/a/{id}", ["x%2Fy"]))
    }

    @Test func `does not compare encoded literals`() {
        #expect(Self.found("/%61", in: Self.table("/a")) == nil)
    }

    @Test func `finds the root and refuses paths without end`() throws {
        let table = Self.table("/", "/{a}")
        #expect(try #require(Self.found("/", in: table)).template == "/")
        #expect(Self.found(String(repeating: "/a", count: 10_000), in: table) == nil)
    }

    @Test func `refuses the same method twice, and another owner's path`() {
        var table = Self.table("/a/{id}")
        #expect(table.add(.get, "/a/{key}", Self.endpoint("/a/{key}"))?.template == "/a/{id}")
        #expect(table.add(.delete, "/a/{key}", Self.endpoint("/a/{key}")) == nil)
        #expect(table.add(.put, "/a/{key}", Self.endpoint("/a/{key}", Self.second))?.template == "/a/{id}")
        #expect(table.add(page: "/a/{key}", Self.endpoint("/a/{key}", Self.second))?.template == "/a/{id}")
        #expect(table.add(page: "/a/{key}", Self.endpoint("/a/{key}")) == nil)
        #expect(table.add(page: "/a/{id}", Self.endpoint("/a/{id}"))?.template == "/a/{key}")
        #expect(table.add(.get, "/b", Self.endpoint("/b", .host)) == nil)
        #expect(table.add(page: "/b", Self.endpoint("/b"))?.owner == .host)
    }

    @Test func `goes on searching where an endpoint does not exist for whoever asks`() throws {
        var table = Self.table("/v1/{id}")
        #expect(table.add(.get, "/v1/portal", Self.endpoint("/v1/portal", Self.second)) == nil)
        #expect(try #require(Self.found("/v1/portal", in: table)).template == "/v1/portal")
        let narrowed = Self.found("/v1/portal", in: table) { $0.owner == Self.first }
        #expect(try #require(narrowed) == ("/v1/{id}", ["portal"]))
        #expect(Self.found("/v1/portal", in: table) { _ in false } == nil)
    }

    @Test(arguments: [true, false]) func `marks a page and its JSON, whichever came first`(_ pageFirst: Bool) throws {
        var table = RouteTable()
        if pageFirst { #expect(table.add(page: "/a", Self.endpoint("/a")) == nil) }
        #expect(table.add(.post, "/a", Self.endpoint("/a")) == nil)
        #expect(table.add(.get, "/a", Self.endpoint("/a")) == nil)
        if !pageFirst { #expect(table.add(page: "/a", Self.endpoint("/a")) == nil) }
        let bytes = Array("/a".utf8)
        let match = try #require(table.match(bytes, bytes.indices) { _ in true })
        #expect(match.page?.hasTwoForms == true)
        #expect(match.endpoints.map(\.endpoint.hasTwoForms) == [false, true])
    }
}
