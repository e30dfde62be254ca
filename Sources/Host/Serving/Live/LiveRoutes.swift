import Crypto
import Database
import HTTPServer
import PluginAPI

/// The ways to a tenant's live events: the host's own, and those that plugins mount at their paths (contract §6).
enum LiveRoutes {
    /// Every way in, with whose it is.
    static func all(
        _ definitions: [PluginDefinition], _ topics: TopicCatalogue, in table: LimitTable
    ) -> [(owner: Endpoint.Owner, route: HostRoute)] {
        definitions.enumerated().flatMap { position, plugin in
            let menu = topics.menu(ofPlugin: position)
            return plugin.live.map { (Endpoint.Owner.plugin(position), route($0, menu, plugin.id, in: table)) }
        }
    }

    private static func route(
        _ live: LiveRoute, _ menu: TopicMenu, _ name: String, in table: LimitTable
    ) -> HostRoute {
        let plan = LimitPlan(general: [], own: [.connecting], name: "\(name)-live\(live.path)", in: table)
        return HostRoute(.get, live.path, limits: plan, refusesBadCredentials: true) { call in
            switch live.kind {
            case .socket: try await socket(call, menu, live, isSignedIn: false)
            case .signedInSocket: try await socket(call, menu, live, isSignedIn: true)
            case .stream: try await stream(call, menu)
            }
        }
    }

    private static func socket(
        _ call: HostCall, _ menu: TopicMenu, _ live: LiveRoute, isSignedIn: Bool
    ) async throws -> Response {
        let handshake = try call.handshake()
        let hub = call.runtime.hub
        let epoch = hub.epoch.current
        var greeting: LiveSocket.Greeting?
        if let facts = try await caller(call) {
            guard let seat = hub.seat(for: facts.person) else { return refused(handshake, live) }
            greeting = LiveSocket.Greeting(facts: facts, epoch: epoch, seat: seat)
        } else if isSignedIn {
            throw Problem.signInRequired
        }
        var options = WebSocketOptions()
        options.messageBytes = 64 * 1024
        options.fragmentCount = 64
        return .webSocket(
            handshake, subprotocol: live.subprotocol, options: options,
            handler: LiveSocket(
                hub, menu, greeting: greeting,
                habit: LiveSocket.Habit(followsAll: isSignedIn, after: call.lastEventID)))
    }

    private static func stream(_ call: HostCall, _ menu: TopicMenu) async throws -> Response {
        guard Accept(call.inbound.header("accept")).quality(of: "text/event-stream") > 0 else {
            throw Problem.notAcceptable
        }
        let hub = call.runtime.hub
        let epoch = hub.epoch.current
        guard let facts = try await caller(call) else { throw Problem.signInRequired }
        let topics = try topics(call, menu, facts)
        guard let seat = hub.seat(for: facts.person) else { throw Problem.tooManyConnections }
        let stream = LiveStream(
            hub, menu, greeting: LiveSocket.Greeting(facts: facts, epoch: epoch, seat: seat), topics: topics,
            after: call.lastEventID)
        let options = LiveStream.options(clock: hub.clock, connection: Random.id("conn_"))
        // What was missed is told by the hub, so the server is told of no last event.
        return .events(to: call.inbound.request, after: "", options: options, handler: stream)
    }

    /// The topics that `topics` names, or every one that is the caller's to follow.
    private static func topics(
        _ call: HostCall, _ menu: TopicMenu, _ facts: SessionFacts
    ) throws(Problem) -> TopicSet {
        var topics = TopicSet()
        guard let view = call.runtime.hub.current else { throw .unavailable }
        let asked = call.query.filter { $0.name == "topics" }.flatMap { $0.value.split(separator: ",") }.map(
            String.init)
        for item in menu.items where asked.isEmpty && view.admits(facts, to: item.topic) { topics.insert(item.topic) }
        for name in asked {
            guard let topic = menu.topic(name), view.has(topic) else {
                let known = menu.items.filter { view.has($0.topic) }.map(\.name).joined(separator: ", ")
                throw .invalid("topics", .notAllowed, "must be among \(known)")
            }
            guard view.admits(facts, to: topic) else { throw .forbidden }
            topics.insert(topic)
        }
        return topics
    }

    /// Who connects: by a ticket where there is one, else by what every request may bring; nil for nobody.
    private static func caller(_ call: HostCall) async throws -> SessionFacts? {
        guard let ticket = call.query.first(where: { $0.name == "ticket" })?.value else { return call.session }
        let now = call.inbound.now
        guard let holder = call.runtime.hub.tickets.redeem(ticket, now: now) else { throw Problem.tokenInvalid }
        for _ in 0..<8 {
            let found = try call.runtime.auth.known(
                session: holder.session, of: holder.person, until: holder.until, slot: call.slot, now: now)
            switch found {
            case .known(let facts): return facts
            case .refused(let problem): throw problem
            case .needsReader: try await call.runtime.database.openReader(slot: call.slot)
            }
        }
        throw Problem.unavailable
    }

    /// A WebSocket that is opened only to say why it is closed: browsers tell a page no more of a refused handshake than
    /// that it was refused.
    private static func refused(_ handshake: WebSocketHandshake, _ live: LiveRoute) -> Response {
        .webSocket(handshake, subprotocol: live.subprotocol, handler: Turnstile())
    }
}

/// Closes at once: there are as many connections of the person as there may be.
private struct Turnstile: WebSocketHandler {
    func opened(_ socket: WebSocket) { socket.close(.tooMany, reason: "too many connections") }
    func received(_ message: WebSocketMessage, from socket: WebSocket) -> Reaction { .done }
}

extension HostCall {
    /// The last event that the client has seen. A new `EventSource` can say it in the address only; one that comes back
    /// says the same address again, so the field counts first.
    fileprivate var lastEventID: String? {
        let field = inbound.header("last-event-id").flatMap { $0.isEmpty ? nil : $0 }
        return field ?? query.first { $0.name == "lastEventId" && !$0.value.isEmpty }?.value
    }
}

extension Problem {
    fileprivate static let tooManyConnections = Problem(
        429, "RATE_LIMIT_EXCEEDED", "You have as many live connections as there may be.", retryAfter: 10)
}
