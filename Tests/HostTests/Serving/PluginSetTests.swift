import PluginAPI
import Testing

@testable import Host

/// Two plugins that are sound alone and not together.
private struct Left: Plugin {
    struct Heard: Event {
        static let name = "left.said"
        var words: String
        var count: Int
        static let schema = Schema.object(
            Self.init(words:count:), Field("words", \.words, .string()), Field("count", \.count, .int(0...9)))
    }
    static let manifest = Manifest<Self>(
        id: "left", summary: "", dialect: .clinic, prefixes: ["/both", "/docs"],
        routes: [
            .get("/both/{id}", .reading(Self.get), needs: .anyone(because: "test")),
            .get("/both/json", .reading(Self.list), needs: .anyone(because: "test")),
        ],
        pages: [PageRoute("/both/page", "Page", Self.page), PageRoute("/docs", "Docs", Self.page)],
        events: [.event(Heard.self)])
    init(settings: Nothing, services: Services) {}
    func get(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> Named { named }
    func list(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> [Named] { [] }
    func page(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML { "" }
}

private struct Right: Plugin {
    struct Misheard: Event {
        static let name = "left.said"
        var words: Int
        var loudness: Int
        static let schema = Schema.object(
            Self.init(words:loudness:), Field("words", \.words, .int(0...9)),
            Field("loudness", \.loudness, .int(0...9)))
    }
    struct Unheard: Event {
        static let name = "nobody.said"
        var words: Int
        static let schema = Schema.object(Self.init(words:), Field("words", \.words, .int(0...9)))
    }
    static let manifest = Manifest<Self>(
        id: "right", summary: "", dialect: .clinic, prefixes: ["/both"],
        routes: [.delete("/both/{key}", .asynchronous(Self.drop), needs: .anyone(because: "test"))],
        pages: [PageRoute("/both/page", "Page", Self.page), PageRoute("/both/json", "Page", Self.page)],
        listeners: [.on(Self.mishear), .on(Self.wait)])
    init(settings: Nothing, services: Services) {}
    func drop(_ key: Visits.Key, _ call: Call<Anyone>) async throws -> NoContent { NoContent() }
    func page(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> HTML { "" }
    func mishear(_ event: Misheard, _ tx: borrowing Transaction, _ context: WorkContext) throws {}
    func wait(_ event: Unheard, _ tx: borrowing Transaction, _ context: WorkContext) throws {}
}

/// Has its tables under the first one's prefix.
private struct Dashed: Plugin {
    static let manifest = Manifest<Self>(
        id: "le-ft", summary: "", dialect: .clinic, prefixes: ["/other"], routes: [])
    init(settings: Nothing, services: Services) {}
}

@Suite struct `The plugins of the process` {
    private static func faults(_ plugins: any Plugin.Type...) -> [String] {
        do {
            _ = try PluginSet(
                plugins.map { PluginDefinition($0) }, hostRoutes: HostRoutes.all(version: "1"), table: LimitTable())
            return []
        } catch { return error.faults }
    }

    @Test func `stand together when they share nothing`() throws {
        #expect(Self.faults(Chores.self, Desk<InClinic>.self, Desk<InBare>.self) == [])
    }

    @Test func `are refused with every fault`() {
        let faults = Self.faults(Left.self, Right.self, Left.self, Dashed.self)
        for fault in [
            "two plugins have the id left", "two plugins have the table prefix left",
            "DELETE /both/{key} stands where /both/{id} stands already",
            "the page /both/page stands where /both/page stands already",
            "the page /both/json stands where /both/json stands already", "the page /docs stands where /docs",
            "GET /both/{id} stands where /both/{id} stands already",
            "right: listens to nobody.said, which nobody publishes", "right: reads words of left.said differently",
            "right: reads loudness of left.said differently",
        ] { #expect(faults.contains { $0.hasPrefix(fault) }, "\(fault) is not among \(faults)") }
    }
}
