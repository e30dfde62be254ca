import WebSocketClient

extension ConformanceCase {
    private static func continuation(_ text: String, isFinal: Bool, chop: Int? = nil) -> Step {
        .part(Frame.continuation, text, isFinal: isFinal, chop: chop)
    }

    private static func first(_ text: String, chop: Int? = nil) -> Step {
        .part(Frame.text, text, isFinal: false, chop: chop)
    }

    /// 5: fragments. Whether the suite sends frames in one write or in several changes nothing on a stream; where it sends
    /// single bytes, so do these.
    static let fragments: [ConformanceCase] = {
        let (one, two) = ("fragment1", "fragment2")
        func whole(_ number: String, ping: Bool, chop: Int? = nil) -> ConformanceCase {
            let between: [Step] = ping ? [.ping("ping payload", chop: chop)] : []
            return ConformanceCase(
                number, [first(one, chop: chop)] + between + [continuation(two, isFinal: true, chop: chop)],
                answers: (ping ? [.pong("ping payload")] : []) + [.text(one + two)], .normal)
        }
        func nothingToContinue(_ number: String, isFinal: Bool, chop: Int? = nil) -> ConformanceCase {
            ConformanceCase(
                number,
                [
                    continuation("non-continuation payload", isFinal: isFinal, chop: chop),
                    .late(.text("Hello, world!")),
                ], .failed([1002]))
        }
        func repeated(_ number: String, isFinal: Bool) -> ConformanceCase {
            let late: [Frame] = [
                Frame(Frame.text, Array(two.utf8), isFinal: false), Frame(Frame.continuation, Array("fragment3".utf8)),
                Frame(Frame.continuation, Array(one.utf8), isFinal: isFinal),
                Frame(Frame.text, Array(two.utf8), isFinal: false), Frame(Frame.continuation, Array("fragment3".utf8)),
            ]
            return ConformanceCase(
                number, [continuation(one, isFinal: isFinal)] + late.map { .late($0) }, .failed([1002]))
        }
        func interleaved(_ number: String) -> ConformanceCase {
            ConformanceCase(
                number,
                [
                    first("fragment1"), continuation("fragment2", isFinal: false), .ping("pongme 1!"),
                    // The first pong comes before the message is whole.
                    .expect(.pong("pongme 1!")), continuation("fragment3", isFinal: false),
                    continuation("fragment4", isFinal: false), .ping("pongme 2!"),
                    continuation("fragment5", isFinal: true),
                ], answers: [.pong("pongme 2!"), .text("fragment1fragment2fragment3fragment4fragment5")], .normal)
        }
        func control(_ number: String, _ opcode: UInt8) -> ConformanceCase {
            ConformanceCase(
                number,
                [.part(opcode, one, isFinal: false), .late(Frame(Frame.continuation, Array(two.utf8)))], .failed([1002])
            )
        }
        return [
            control("5.1", Frame.ping), control("5.2", Frame.pong),
            whole("5.3", ping: false), whole("5.4", ping: false), whole("5.5", ping: false, chop: 1),
            whole("5.6", ping: true), whole("5.7", ping: true), whole("5.8", ping: true, chop: 1),
            nothingToContinue("5.9", isFinal: true), nothingToContinue("5.10", isFinal: true),
            nothingToContinue("5.11", isFinal: true, chop: 1), nothingToContinue("5.12", isFinal: false),
            nothingToContinue("5.13", isFinal: false), nothingToContinue("5.14", isFinal: false, chop: 1),
            ConformanceCase(
                "5.15",
                [
                    first(one), continuation(two, isFinal: true), continuation("fragment3", isFinal: false),
                    .late(.text("fragment4")),
                ], answers: [.text(one + two)], .failed([1002])),
            repeated("5.16", isFinal: false), repeated("5.17", isFinal: true),
            ConformanceCase("5.18", [first(one), .part(Frame.text, two, isFinal: true)], .failed([1002])),
            interleaved("5.19"), interleaved("5.20"),
        ]
    }()
}
