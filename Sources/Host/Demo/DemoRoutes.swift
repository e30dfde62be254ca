import Database
import HTTPServer
import PluginAPI

/// `/_dev/`: what the demo would have sent. These routes exist only with `--demo`.
enum DemoRoutes {
    static let all = [
        HostRoute(.get, "/_dev/outbox") { call in
            let messages = try await messages(call.runtime, call.slot, call.query)
            var response = Response(status: 200, body: .bytes(Array(CapturedMessage.list(messages).utf8)))
            response.headers.add("content-type", MediaType.json)
            response.headers.add("cache-control: no-store")
            return response
        },
        HostRoute(.get, "/_dev") { call in
            let messages = try await messages(call.runtime, call.slot, call.query)
            return try HostRoutes.page(Shell.page("Outbox", DemoPages.outbox(messages), call.runtime.tenant), call)
        },
    ]

    /// Captured messages, the newest first, of one channel or to one recipient if asked.
    static func messages(
        _ runtime: TenantRuntime, _ slot: Int, _ query: [(name: String, value: String)]
    ) async throws -> [CapturedMessage] {
        let channel = query.first { $0.name == "channel" }?.value
        // A plus sign that was not escaped arrives as a space.
        let to = query.first { $0.name == "to" }.map { $0.value.hasPrefix(" ") ? "+" + $0.value.dropFirst() : $0.value }
        return try await runtime.database.read(slot: slot, as: .host) { session in
            try CaptureDriver.messages(channel: channel, to: to, HostReader(session))
        }
    }
}
