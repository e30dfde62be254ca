import PluginAPI

/// A plugin that tells people things.
struct Chimes: Plugin {
    struct Ring: Described {
        var text: String
        static let schema = Schema.object(Self.init(text:), Field("text", \.text, .string(1...1000, .verbatim)))
    }

    static let rung = NoticeType(
        "rung", "Somebody rings.", channels: [.sms, .email, .push], placeholders: ["text", "count"],
        texts: [
            "en": .init(subject: "Ring {count}", body: "It rang: {text}"),
            "de": .init(subject: "Klingeln {count}", body: "Es klingelte: {text}"),
        ])

    static let manifest = Manifest<Self>(
        id: "chimes", summary: "Rings.", dialect: .clinic, prefixes: ["/chimes"],
        roles: [Role("customer", "Hears.", needs: .any, allows: [])],
        routes: [.post("/chimes", .transactional(Self.ring), needs: .member, status: 204)], notices: [rung])

    init(settings: Nothing, services: Services) {}

    func ring(_ ring: Ring, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        try tx.notify(
            Notice(Self.rung, to: call.caller.id, about: Subject("ring", id: "1"), ["text": ring.text, "count": "1"]))
        return NoContent()
    }
}
