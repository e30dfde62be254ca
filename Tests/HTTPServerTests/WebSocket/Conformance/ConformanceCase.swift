import WebSocketClient

/// A case of the published WebSocket suite (Autobahn), by its number there, told anew.
struct ConformanceCase: Sendable {
    enum Step: Sendable {
        /// A frame, so many bytes at a time.
        case frame(Frame, chop: Int? = nil)
        /// Bytes as they are.
        case bytes([UInt8])
        /// Goes on only when this has come.
        case expect(WebSocketClient.Event)
        /// Goes on only when the server has looked at everything, and said nothing.
        case silence
        /// Frames that may find the connection closed already.
        case late(Frame)
    }

    enum Ending: Sendable {
        /// The client closes with 1000, and the server answers so.
        case normal
        /// The server closes, with one of these codes, and nothing comes after.
        case failed(Set<UInt16>)
        /// The client has closed among the steps; the server answers with one of these codes; `nil` for none.
        case answered(Set<UInt16?>)
    }

    let number: String
    var steps: [Step]
    /// What comes in answer, before the end.
    var answers: [WebSocketClient.Event]
    var ending: Ending

    init(_ number: String, _ steps: [Step], answers: [WebSocketClient.Event] = [], _ ending: Ending) {
        self.number = number
        self.steps = steps
        self.answers = answers
        self.ending = ending
    }

    /// The cases of groups 1 to 7, but for the sequences of 6.
    static let single = framing + pings + reserved + fragments + text + closing

    /// The bytes of all frames in a row.
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for step in steps {
            switch step {
            case .frame(let frame, _), .late(let frame): bytes += frame.bytes
            case .bytes(let more): bytes += more
            case .expect, .silence: continue
            }
        }
        return bytes
    }
}

extension ConformanceCase.Step {
    static func text(_ text: String, chop: Int? = nil) -> Self { .frame(.text(text), chop: chop) }
    static func ping(_ text: String = "", chop: Int? = nil) -> Self {
        .frame(Frame(Frame.ping, Array(text.utf8)), chop: chop)
    }
    /// A fragment of a message.
    static func part(_ opcode: UInt8, _ text: String, isFinal: Bool, chop: Int? = nil) -> Self {
        .frame(Frame(opcode, Array(text.utf8), isFinal: isFinal), chop: chop)
    }
}

extension WebSocketClient.Event {
    static func pong(_ text: String) -> Self { .pong(Array(text.utf8)) }
}
