import PluginAPI
import Time

/// How a line becomes bytes, with the line feed at its end.
enum LogFormat: Sendable {
    /// One JSON object on each line, for programs.
    case json
    /// `2025-08-28T10:30:00.250Z INFO  lumen/appointments booked id=7`, for people at a terminal.
    case human

    /// Longer texts are cut, so that a line stays small whatever a client sent.
    static let longestText = 2048

    func encode(_ line: LogLine, at time: Instant) -> [UInt8] {
        switch self {
        case .json: JSONLines.encode(line, time)
        case .human: HumanLines.encode(line, time)
        }
    }

    func encode(_ entry: AccessEntry) -> [UInt8] {
        switch self {
        case .json: JSONLines.encode(entry)
        case .human: HumanLines.encode(entry)
        }
    }

    /// RFC 3339 in UTC, always with milliseconds.
    static func append(_ time: Instant, to bytes: inout [UInt8]) {
        let start = bytes.count
        Instant(microseconds: time.milliseconds * 1000).write(into: &bytes)
        guard bytes.count - start == 20 else { return }
        bytes.removeLast()
        bytes.append(contentsOf: ".000Z".utf8)
    }

    /// At most `longestText` bytes of a text, cut between characters.
    static func cut(_ text: String) -> String {
        guard text.utf8.count > longestText else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: longestText)
        while end > text.startIndex, end.samePosition(in: text.unicodeScalars) == nil {
            end = text.utf8.index(before: end)
        }
        return text[..<end] + "…"
    }
}
