import PluginAPI

/// The log that a plugin is lent: every line names its tenant and the plugin.
struct TenantLog: Log {
    private let sink: any LogSink
    private let tenant: String
    private let plugin: String
    private let requestID: String?

    /// - Parameters:
    ///   - tenant: The tenant's slug.
    ///   - plugin: The plugin's id.
    ///   - requestID: The call in which it is lent, where there is one.
    init(_ sink: any LogSink, tenant: String, plugin: String, requestID: String? = nil) {
        self.sink = sink
        self.tenant = tenant
        self.plugin = plugin
        self.requestID = requestID
    }

    func write(_ level: LogLevel, _ message: StaticString, _ fields: [String: String]) {
        guard sink.accepts(level) else { return }
        // Dictionaries have another order in every process; lines should not.
        let sorted = fields.sorted { $0.key < $1.key }.map { (key: $0.key, value: LogValue.text($0.value)) }
        sink.write(LogLine(level, message, tenant: tenant, plugin: plugin, requestID: requestID, fields: sorted))
    }
}
