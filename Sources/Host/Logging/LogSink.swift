import PluginAPI

/// Where lines go: a descriptor when serving, a list in tests.
protocol LogSink: AnyObject, Sendable {
    /// Whether lines of a level are kept, so that others need not be made.
    func accepts(_ level: LogLevel) -> Bool
    /// Takes a line. Never blocks.
    func write(_ line: LogLine)
    /// Takes the line of an answered request. Never blocks.
    ///
    /// - Parameter loop: the number of the event loop that answered.
    func access(_ entry: AccessEntry, loop: Int)
}

extension LogSink {
    /// One line of the host itself.
    func write(
        _ level: LogLevel, _ message: StaticString, tenant: String? = nil, plugin: String? = nil,
        requestID: String? = nil, _ fields: KeyValuePairs<String, LogValue> = [:]
    ) {
        guard accepts(level) else { return }
        write(LogLine(level, message, tenant: tenant, plugin: plugin, requestID: requestID, fields: fields))
    }
}
