import PluginAPI
import PluginTestKit

/// A plugin that tells people what it is told to.
struct Herald: Plugin {
    static let update = notice("update", .caseUpdates)
    static let lesson = notice("lesson", .educationalContent)
    static let alarm = notice("alarm", .caseUpdates, importance: .emergency)
    static let warning = notice("warning", .security, importance: .mandatory)

    private static func notice(
        _ name: String, _ category: NoticeCategory, importance: Importance = .normal
    ) -> NoticeType {
        NoticeType(
            name, "Something is told.", category: category, importance: importance,
            channels: [.email, .sms, .push, .whatsapp], placeholders: ["text"],
            texts: [
                "en": .init(subject: "News", body: "Hear: {text}"), "de": .init(subject: "Neues", body: "Hört: {text}"),
            ])
    }

    static let manifest = Manifest<Self>(
        id: "herald", summary: "Tells people things.", dialect: .bare, prefixes: ["/herald"],
        roles: [Role("listener", "Listens.", needs: .any, allows: [])],
        routes: [
            .post("/herald/tell", .transactional(Self.tell), needs: .anyone(because: "it is a test"), status: 200),
            .post("/herald/answer", .transactional(Self.answer), needs: .member, status: 200),
            .get("/herald/summary", .reading(Self.summary), needs: .member),
        ], notices: [update, lesson, alarm, warning])

    init(settings: Nothing, services: Services) {}

    struct Telling: Described {
        var to: PersonID
        var type: String
        var text: String
        var key: String
        var isUrgent: Bool
        static let schema = Schema.object(
            Self.init(to:type:text:key:isUrgent:), Field("to", \.to, PersonID.schema),
            Field("type", \.type, .string(1...40)), Field("text", \.text, .string(0...200)),
            Field("key", \.key, .string(0...40), default: ""), Field("isUrgent", \.isUrgent, .bool, default: false))
    }

    func tell(_ telling: Telling, _ tx: borrowing Transaction, _ call: Call<Anyone>) throws -> NoContent {
        if telling.text == "never mind" {
            try tx.withdrawNotices(key: telling.key)
            return NoContent()
        }
        let types = [Self.update, Self.lesson, Self.alarm, Self.warning]
        guard let type = types.first(where: { $0.name == telling.type }) else { throw Problem.notFound }
        try tx.notify(
            Notice(
                type, to: telling.to, about: Subject("thing", id: "1"), ["text": telling.text], key: telling.key,
                isEmergency: telling.isUrgent))
        return NoContent()
    }

    func answer(_ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        try tx.noteAnswer(of: call.caller.id, about: Subject("thing", id: "1"))
        return NoContent()
    }

    struct Summary: Described {
        var sent: Int
        var delivered: Int
        var opened: Int
        var clicked: Int
        var answered: Int
        var openSeconds: Int?
        var preferred: DeliveryChannel?
        var openRate: Double?
        var statuses: [String]
        static let schema = Schema.object(
            Self.init(sent:delivered:opened:clicked:answered:openSeconds:preferred:openRate:statuses:),
            Field("sent", \.sent, .int()), Field("delivered", \.delivered, .int()), Field("opened", \.opened, .int()),
            Field("clicked", \.clicked, .int()), Field("answered", \.answered, .int()),
            Field("openSeconds", \.openSeconds, .optional(.int())),
            Field("preferred", \.preferred, .optional(DeliveryChannel.schema)),
            Field("openRate", \.openRate, .optional(.double())), Field("statuses", \.statuses, .list(.string())))
    }

    func summary(_ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Summary {
        let filter = CommunicationFilter()
        let sums = try tx.communicationSummary(of: call.caller.id, filter)
        let history = try tx.communications(of: call.caller.id, filter, page: 1, limit: 50)
        return Summary(
            sent: sums.totalSent, delivered: sums.totalDelivered, opened: sums.totalOpened,
            clicked: sums.totalClicked, answered: sums.totalAnswered,
            openSeconds: sums.averageOpenTime.map { Int($0.components.seconds) }, preferred: sums.preferredChannel,
            openRate: sums.openRate,
            statuses: history.items.map { "\($0.channel.rawValue) \($0.status.rawValue) \($0.values["text"] ?? "")" })
    }
}

extension Portal {
    /// Somebody who listens, with a way to sign in.
    func listener(
        email: String? = "ann@listeners.example", phone: String? = "+15550100001", language: String? = nil
    ) async throws -> (id: PersonID, caller: PluginTestKit.Caller) {
        let id = try await person(phone: phone, email: email, language: language, roles: ["listener"])
        return (id, .person(id, by: ["pwd"]))
    }

    /// Tells somebody something; ``work()`` sends it.
    func tell(
        _ person: PersonID, _ text: String, _ type: NoticeType = Herald.update, key: String = "",
        isUrgent: Bool = false
    ) async -> Int {
        let body: JSON = [
            "to": .string(person.rawValue), "type": .string(type.name), "text": .string(text), "key": .string(key),
            "isUrgent": .bool(isUrgent),
        ]
        return await send("POST", "/herald/tell", body).status
    }

    /// Somebody who runs the portal.
    func administrator() async throws -> PluginTestKit.Caller {
        .person(try await person(email: "admin@listeners.example", roles: ["admin"]), by: ["pwd"])
    }

    /// The deliveries on a channel, the newest first.
    func deliveries(_ query: String = "", as admin: PluginTestKit.Caller) async -> [JSON] {
        await send("GET", "/_portico/v1/deliveries?limit=100" + query, as: admin).body["data"]?.elements ?? []
    }

    /// Changes what somebody wants to hear.
    func prefer(_ patch: JSON, as caller: PluginTestKit.Caller) async -> PluginTestKit.Answer {
        await send("PATCH", "/_portico/v1/me/notifications", patch, as: caller)
    }
}

extension JSON {
    /// The elements of a list; none for all else.
    var elements: [JSON] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }
}

extension PluginTestKit.Message {
    /// What it says, without the frame of mails.
    var words: String { body.firstRange(of: "\n\n-- \n").map { String(body[..<$0.lowerBound]) } ?? body }
}
