import HTTPServer
import PluginAPI

/// One of the host's own answers in every tenant: keys, documents, error pages, and in the demo the outbox.
struct HostRoute: Sendable {
    let method: HTTPMethod
    let path: String
    let kind: Kind
    /// How often; nil without a limit.
    let limits: LimitPlan?
    /// Whether a token or an API key that is not good is refused, though strangers are let in.
    let refusesBadCredentials: Bool
    /// What it gives and takes.
    enum Kind: Sendable {
        /// JSON, or bytes of whatever kind.
        case data
        /// A page for people.
        case page
        /// A page for people, in answer to a form of the host's own, which carries its token.
        case form
        /// What another program reports, as a form with a proof of its own.
        case report
    }

    /// Answers; the pipeline adds the fields that every answer has.
    let answer: @Sendable (HostCall) async throws -> Response

    /// Whether people see its answers.
    var isForPeople: Bool { kind == .page || kind == .form }

    init(
        _ method: HTTPMethod, _ path: String, kind: Kind = .data, limits: LimitPlan? = nil,
        refusesBadCredentials: Bool = false, _ answer: @escaping @Sendable (HostCall) async throws -> Response
    ) {
        self.method = method
        self.path = path
        self.kind = kind
        self.limits = limits
        self.refusesBadCredentials = refusesBadCredentials
        self.answer = answer
    }
}

/// What a host route is given.
struct HostCall: Sendable {
    let inbound: Inbound
    let runtime: TenantRuntime
    /// Who is calling; nil for strangers.
    let session: SessionFacts?
    let language: Language
    let slot: Int
    let path: [(name: String, value: String)]
    let query: [(name: String, value: String)]
    let body: [UInt8]
    let log: any LogSink
    /// Counts the route's limits by a field, e.g. the phone number that gets a code; throws ``Refused``.
    let count: @Sendable (String) throws -> Void
}
