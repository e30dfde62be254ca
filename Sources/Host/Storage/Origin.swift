import PluginAPI

/// Where a change comes from: who asked for it, in which request, from which address. Every audit entry carries it.
struct Origin: Sendable {
    /// The plugin in whose name it is done, or `portico`.
    var plugin: String
    /// The account that acts; nil for strangers and for the host's own work.
    var person: PersonID?
    /// The account acted for, when it is another one.
    var onBehalfOf: PersonID?
    /// The API key that the account's request came with.
    var apiKey: String?
    var requestID: String
    var correlationID: String?
    var address: String?
    var userAgent: String?
    /// The moment of the request or job.
    var now: Instant
    /// What a demo makes up: its present, or a past of which nobody is told.
    var demo: Demo?

    enum Demo: Sendable { case present, past }
    /// Whether nobody is to hear of it.
    var isPast: Bool { demo == .past }
}

/// Left with a write session: there is a long job to do at this moment; as ``WorkDue``, in the index of long jobs.
struct LongWorkDue: Sendable {
    let at: Instant
}

/// Left with a write session: there is work to do at this moment. Before the group commits, the tenant's row in the
/// due index is lowered to the earliest of them.
struct WorkDue: Sendable {
    let at: Instant
}
