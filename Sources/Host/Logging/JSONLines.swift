import PluginAPI
import Time

/// Lines as JSON objects.
enum JSONLines {
    static func encode(_ line: LogLine, _ time: Instant) -> [UInt8] {
        var writer = begin(time, line.level)
        writer.key("message")
        writer.value(line.message)
        write("tenant", line.tenant, &writer)
        write("plugin", line.plugin, &writer)
        write("requestId", line.requestID, &writer)
        for field in line.fields {
            writer.key(own.contains(field.name) ? "field.\(field.name)" : LogFormat.cut(field.name))
            switch field.value {
            case .text(let text): writer.value(LogFormat.cut(text))
            case .integer(let number): writer.value(number)
            case .flag(let flag): writer.value(flag)
            }
        }
        return end(&writer)
    }

    static func encode(_ entry: AccessEntry, _ time: Instant) -> [UInt8] {
        var writer = begin(time, .info)
        writer.key("message")
        writer.value("request")
        write("tenant", entry.tenant, &writer)
        write("requestId", entry.requestID, &writer)
        write("correlationId", entry.correlationID, &writer)
        write("method", entry.method, &writer)
        write("route", entry.route, &writer)
        writer.key("status")
        writer.value(entry.status)
        writer.key("durationMicroseconds")
        writer.value(entry.duration)
        writer.key("bytes")
        writer.value(entry.bytes)
        return end(&writer)
    }

    /// The names a line has anyway; a fact that is called so gets another name, since a name twice is no good JSON.
    private static let own: Set<String> = ["time", "level", "message", "tenant", "plugin", "requestId"]

    private static func begin(_ time: Instant, _ level: LogLevel) -> JSONWriter {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(384)
        for letter in #"{"time":""#.utf8 { bytes.append(letter) }
        LogFormat.append(time, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        var writer = JSONWriter(continuing: bytes)
        writer.key("level")
        writer.value(level.rawValue)
        return writer
    }

    private static func write(_ name: String, _ value: String?, _ writer: inout JSONWriter) {
        guard let value else { return }
        writer.key(name)
        writer.value(LogFormat.cut(value))
    }

    private static func end(_ writer: inout JSONWriter) -> [UInt8] {
        writer.endObject()
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }
}
