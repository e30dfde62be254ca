import Testing

@testable import HTTPServer

@Suite struct `A server-sent event` {
    private func text(_ event: ServerSentEvent) -> String {
        String(decoding: event.chunk[event.content], as: UTF8.self)
    }

    @Test func `has its fields in lines and ends with an empty one`() throws {
        #expect(text(try ServerSentEvent(data: "hello")) == "data: hello\n\n")
        #expect(
            text(try ServerSentEvent(event: "news", data: "{}", id: "42", retry: .milliseconds(1500)))
                == "id: 42\nevent: news\nretry: 1500\ndata: {}\n\n")
        #expect(text(try ServerSentEvent(id: "9")) == "id: 9\n\n")
        #expect(text(try ServerSentEvent(id: "")) == "id: \n\n")
    }

    @Test(arguments: [
        ("", [""]), ("a\nb", ["a", "b"]), ("a\r\nb", ["a", "b"]), ("a\rb", ["a", "b"]), ("a\r\n\r\nb", ["a", "", "b"]),
        ("a\n", ["a", ""]), ("a\r\n", ["a", ""]), ("\n", ["", ""]), ("\r\r\n\n", ["", "", "", ""]),
        (" a", [" a"]), ("event: x\nid: 3", ["event: x", "id: 3"]), ("ä\u{2028}b\u{85}c", ["ä\u{2028}b\u{85}c"]),
    ]) func `carries data of several lines, which cannot become fields`(_ data: String, _ lines: [String]) throws {
        let event = try ServerSentEvent(data: data)
        #expect(text(event) == lines.map { "data: \($0)\n" }.joined() + "\n")
        #expect(EventReader.events(in: Array(text(event).utf8)).map(\.data) == [lines.joined(separator: "\n")])
    }

    @Test func `refuses an id or a name that would end its line`() {
        for bad in ["a\nb", "a\rb", "\n"] {
            #expect(throws: ServerSentEvent.Fault.id) { try ServerSentEvent(data: "", id: bad) }
            #expect(throws: ServerSentEvent.Fault.event) { try ServerSentEvent(event: bad, data: "") }
        }
        #expect(throws: ServerSentEvent.Fault.id) { try ServerSentEvent(data: "", id: "a\0b") }
    }

    @Test func `comments are lines of their own, whatever they say`() {
        #expect(text(.comment("")) == ": \n\n")
        #expect(text(.comment("a\nid: 3\r\rb")) == ": a\n: id: 3\n: \n: b\n\n")
    }

    @Test func `is framed as a chunk`() throws {
        let event = try ServerSentEvent(data: String(repeating: "x", count: 300))
        #expect(String(decoding: event.chunk, as: UTF8.self).hasPrefix("134\r\ndata: xx"))
        #expect(event.chunk.suffix(4).elementsEqual("\n\n\r\n".utf8))
        #expect(event.content.count == 0x134)
    }
}

/// Reads a stream of events as a browser does (WHATWG HTML §9.2.6).
enum EventReader {
    struct Event: Equatable {
        var name = ""
        var data = ""
        var id = ""
    }

    static func events(in bytes: [UInt8]) -> [Event] {
        var (events, name, data, id) = ([Event](), "", [String](), "")
        let text = String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            if line.isEmpty {
                if !data.isEmpty { events.append(Event(name: name, data: data.joined(separator: "\n"), id: id)) }
                (name, data) = ("", [])
                continue
            }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            var value = parts.count > 1 ? String(parts[1]) : ""
            if value.hasPrefix(" ") { value.removeFirst() }
            switch parts[0] {
            case "event": name = value
            case "data": data.append(value)
            case "id": if !value.contains("\0") { id = value }
            default: break
            }
        }
        return events
    }
}
