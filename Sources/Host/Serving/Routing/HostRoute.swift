import HTTPServer
import PluginAPI

/// One of the host's own answers in every tenant: keys, documents, error pages, and in the demo the outbox.
struct HostRoute: Sendable {
    let method: HTTPMethod
    let path: String
    /// Answers; the pipeline adds the fields that every answer has.
    let answer: @Sendable (HostCall) async throws -> Response

    init(_ method: HTTPMethod, _ path: String, _ answer: @escaping @Sendable (HostCall) async throws -> Response) {
        self.method = method
        self.path = path
        self.answer = answer
    }
}

/// What a host route is given.
struct HostCall: Sendable {
    let inbound: Inbound
    let runtime: TenantRuntime
    let slot: Int
    let path: [(name: String, value: String)]
    let query: [(name: String, value: String)]
    let body: [UInt8]
}
