import PluginTestKit

/// Something was pinned to the board.
struct Pinned: Event {
    static let name = "board.pinned"
    var id: String
    var text: String
    var owner: String

    static let schema = Schema.object(
        Self.init(id:text:owner:), Field("id", \.id, .string(1...60)), Field("text", \.text, .string(1...100)),
        Field("owner", \.owner, .string(0...64)))
}

/// Something that only machines are told.
struct Counted: Event {
    static let name = "board.counted"
    var count: Int
    static let schema = Schema.object(Self.init(count:), Field("count", \.count, .int(0...1_000_000)))
}

struct PinShown: Described {
    var id: String
    var text: String
    static let schema = Schema.object(
        Self.init(id:text:), Field("id", \.id, .string(1...60)), Field("text", \.text, .string(1...100)))
}

struct PinBrief: Described {
    var text: String
    static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string(1...100)))
}

struct NewPin: Described {
    var text: String
    /// Who hears of it: `owner`, `all`, `machines`, or a person's id.
    var audience: String
    /// Whose it is; the caller's when empty.
    var owner: String
    var count: Int

    static let schema = Schema.object(
        Self.init(text:audience:owner:count:), Field("text", \.text, .string(1...100)),
        Field("audience", \.audience, .string(1...64), default: "all"),
        Field("owner", \.owner, .string(0...64), default: ""), Field("count", \.count, .int(1...1000), default: 1))
}

/// A plugin that tells what is pinned to a board, at every kind of way in.
struct Board: Plugin {
    static let read = Permission("read:pins", "See pins")
    static let audit = Permission("audit:pins", "Follow audits")

    static let manifest = Manifest<Self>(
        id: "board", summary: "A board.", dialect: .envelope, prefixes: ["/board", "/v1/portal", "/ws"],
        permissions: [read, audit],
        roles: [
            Role("guest", "", needs: .any, allows: [.init(read, .own)]),
            Role("clerk", "", needs: .passwordOrFederated, allows: [.init(read, .tenant), .init(audit, .tenant)]),
        ],
        migrations: [Migration("001", "CREATE TABLE board_pin (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT")],
        routes: [.post("/board/pins", .transactional(Self.pin), needs: .member, "Pins.")],
        events: [.event(Pinned.self), .event(Counted.self)],
        topics: [
            Topic(
                "pins", "What is pinned.",
                [.event("pin_added", Self.shown, stream: "pin", brief: Self.brief)]),
            Topic("audits", "What is counted.", needs: audit, [.event("counted", Self.counted)]),
        ],
        live: [
            .socket("/v1/portal/ws"), .signedInSocket("/ws/updates", subprotocol: "customer-service-portal"),
            .stream("/v1/portal/events/stream"),
        ])

    init(settings: Nothing, services: Services) {}

    func pin(_ new: NewPin, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> PinShown {
        let owner = new.owner.isEmpty ? call.caller.id : PersonID(rawValue: new.owner)
        var last = PinShown(id: "", text: new.text)
        for number in 0..<new.count {
            let id = tx.newID("pin")
            let text = new.count == 1 ? new.text : "\(new.text) \(number)"
            try tx.run("INSERT INTO board_pin (id, text) VALUES (\(id), \(text))")
            let audience: Audience =
                switch new.audience {
                case "all": .holders(of: Self.read)
                case "machines": .machines
                case "owner": .people([owner])
                default: .people([PersonID(rawValue: new.audience)])
                }
            try tx.publish(
                Pinned(id: id, text: text, owner: owner.rawValue), about: Subject("pin", id: id, owner: owner),
                to: audience)
            if new.text == "count" {
                try tx.publish(Counted(count: 1), about: Subject("pin", id: id), to: .holders(of: Self.read))
            }
            last = PinShown(id: id, text: text)
        }
        return last
    }

    func shown(_ event: Pinned) -> PinShown? {
        event.text == "unspoken" ? nil : PinShown(id: event.id, text: event.text)
    }
    func brief(_ event: Pinned) -> PinBrief? { PinBrief(text: event.text) }
    func counted(_ event: Counted) -> Counted? { event }
}
