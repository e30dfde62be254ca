import PluginAPI

extension Route<PorticoAPI> {
    static let issueTicket = Route.post(
        PorticoAPI.base + "/realtime/tickets", .asynchronous(PorticoAPI.issueTicket), needs: .member,
        limits: [.per(.person, .init(60, each: .seconds(60)))],
        notTransactionalBecause: "a ticket is good once and for 30 seconds; one that is lost is not missed",
        "A ticket for a WebSocket or a stream of events: good once, as ?ticket=, for 30 seconds.")
}

/// A ticket as its asker gets it.
struct TicketShown: Described {
    var ticket: String
    var expiresIn: Int

    static let schema = Schema.object(
        Self.init(ticket:expiresIn:),
        Field("ticket", \.ticket, .string(1...100), note: "Goes into the address as ?ticket=."),
        Field("expiresIn", \.expiresIn, .int(1...Tickets.lifetime), note: "Seconds."))
}

extension PorticoAPI {
    func issueTicket(_ call: Call<Member>) async throws -> TicketShown {
        let person = call.caller.principal.person
        let session = try call.caller.principal.interactive()
        // A connection lasts no longer than the token would that could have been sent in the ticket's place.
        let lifetime = Lifetimes(.problem, host.settings.values.auth).access
        let holder = Tickets.Holder(person: person, session: session, until: call.now + .seconds(lifetime))
        return TicketShown(
            ticket: try host.hub.tickets.issue(to: holder, now: call.now), expiresIn: Tickets.lifetime)
    }
}
