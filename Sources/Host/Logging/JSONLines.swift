import PluginAPI
import Time

/// Lines as JSON objects.
enum JSONLines {
    static func encode(_ line: LogLine, _ time: Instant) -> [UInt8] {
        var writer = begin(time, line.level)
        writer.key(encoded: Key.message)
        writer.value(line.message)
        write(Key.tenant, line.tenant, &writer)
        write(Key.plugin, line.plugin, &writer)
        write(Key.requestID, line.requestID, &writer)
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

    static func encode(_ entry: AccessEntry) -> [UInt8] {
        var writer = begin(entry.time, .info)
        writer.key(encoded: Key.message)
        writer.value("request")
        write(Key.tenant, entry.tenant, &writer)
        write(Key.requestID, entry.requestID, &writer)
        write(Key.correlationID, entry.correlationID, &writer)
        write(Key.method, entry.method, &writer)
        write(Key.route, entry.route, &writer)
        writer.key(encoded: Key.status)
        writer.value(entry.status)
        writer.key(encoded: Key.duration)
        writer.value(entry.duration)
        writer.key(encoded: Key.bytes)
        writer.value(entry.bytes)
        return end(&writer)
    }

    /// Names made ready once, since every request writes them.
    private enum Key {
        static let time = JSONWriter.encodedKey("time")
        static let level = JSONWriter.encodedKey("level")
        static let message = JSONWriter.encodedKey("message")
        static let tenant = JSONWriter.encodedKey("tenant")
        static let plugin = JSONWriter.encodedKey("plugin")
        static let requestID = JSONWriter.encodedKey("requestId")
        static let correlationID = JSONWriter.encodedKey("correlationId")
        static let method = JSONWriter.encodedKey("method")
        static let route = JSONWriter.encodedKey("route")
        static let status = JSONWriter.encodedKey("status")
        static let duration = JSONWriter.encodedKey("durationMicroseconds")
        static let bytes = JSONWriter.encodedKey("bytes")
    }

    /// The names a line has anyway; a fact that is called so gets another name, since a name twice is no good JSON.
    private static let own: Set<String> = ["time", "level", "message", "tenant", "plugin", "requestId"]

    private static func begin(_ time: Instant, _ level: LogLevel) -> JSONWriter {
        var opening = JSONWriter()
        opening.bytes.reserveCapacity(384)
        opening.beginObject()
        opening.key(encoded: Key.time)
        // Moved, so that it is not copied.
        var bytes: [UInt8] = []
        swap(&bytes, &opening.bytes)
        bytes.append(UInt8(ascii: "\""))
        LogFormat.append(time, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        var writer = JSONWriter(continuing: bytes)
        writer.key(encoded: Key.level)
        writer.value(level.rawValue)
        return writer
    }

    private static func write(_ name: JSONWriter.EncodedKey, _ value: String?, _ writer: inout JSONWriter) {
        guard let value else { return }
        writer.key(encoded: name)
        writer.value(LogFormat.cut(value))
    }

    private static func end(_ writer: inout JSONWriter) -> [UInt8] {
        writer.endObject()
        writer.bytes.append(UInt8(ascii: "\n"))
        return writer.bytes
    }
}
