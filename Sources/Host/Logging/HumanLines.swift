import PluginAPI
import Time

/// Lines for people at a terminal.
enum HumanLines {
    static func encode(_ line: LogLine, _ time: Instant) -> [UInt8] {
        var bytes = begin(time, line.level)
        if let tenant = line.tenant {
            append(plain(tenant) + (line.plugin.map { "/" + plain($0) } ?? ""), to: &bytes)
        } else if let plugin = line.plugin {
            append(plain(plugin), to: &bytes)
        }
        append(line.message, to: &bytes)
        for field in line.fields {
            switch field.value {
            case .text(let text): append("\(plain(field.name))=\(quoted(LogFormat.cut(text)))", to: &bytes)
            case .integer(let number): append("\(plain(field.name))=\(number)", to: &bytes)
            case .flag(let flag): append("\(plain(field.name))=\(flag)", to: &bytes)
            }
        }
        if let requestID = line.requestID { append("requestId=\(quoted(requestID))", to: &bytes) }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    static func encode(_ entry: AccessEntry) -> [UInt8] {
        var bytes = begin(entry.time, .info)
        if let tenant = entry.tenant { append(plain(tenant), to: &bytes) }
        append("\(plain(entry.method)) \(plain(entry.route ?? "-")) \(entry.status)", to: &bytes)
        append("\(entry.duration)us \(entry.bytes)B requestId=\(quoted(entry.requestID))", to: &bytes)
        if let correlationID = entry.correlationID { append("correlationId=\(quoted(correlationID))", to: &bytes) }
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private static func begin(_ time: Instant, _ level: LogLevel) -> [UInt8] {
        var bytes: [UInt8] = []
        LogFormat.append(time, to: &bytes)
        let word = level.rawValue.uppercased()
        append(word + String(repeating: " ", count: max(5 - word.count, 0)), to: &bytes)
        return bytes
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
        bytes.append(contentsOf: text.utf8)
    }

    /// In quotes where a reader could not tell where the text ends.
    private static func quoted(_ text: String) -> String {
        let isWord =
            !text.isEmpty && !text.unicodeScalars.contains { $0 == " " || $0 == "\"" || $0 == "=" || $0 == "\\" }
        guard !isWord || plain(text) != text else { return text }
        return "\"" + plain(text, escaping: ["\"", "\\"]) + "\""
    }

    /// The text without anything that could steer a terminal or begin a line.
    private static func plain(_ text: String, escaping marks: Set<Unicode.Scalar> = []) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default:
                if marks.contains(scalar) { result += "\\" }
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
