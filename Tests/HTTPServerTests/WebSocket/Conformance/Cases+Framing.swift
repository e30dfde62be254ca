import WebSocketClient

extension ConformanceCase {
    /// 1: messages of all lengths in one frame.
    static let framing: [ConformanceCase] = {
        let lengths: [(Int, Int?)] = [
            (0, nil), (125, nil), (126, nil), (127, nil), (128, nil), (65_535, nil), (65_536, nil), (65_536, 997),
        ]
        return lengths.enumerated().flatMap { index, length in
            let text = String(repeating: "*", count: length.0)
            let bytes = [UInt8](repeating: 0xfe, count: length.0)
            return [
                ConformanceCase(
                    "1.1.\(index + 1)", [.text(text, chop: length.1)], answers: [.text(text)], .normal),
                ConformanceCase(
                    "1.2.\(index + 1)", [.frame(Frame(Frame.binary, bytes), chop: length.1)], answers: [.binary(bytes)],
                    .normal),
            ]
        }
    }()

    /// 2: pings and pongs.
    static let pings: [ConformanceCase] = {
        func ping(_ payload: [UInt8], chop: Int? = nil) -> Step { .frame(Frame(Frame.ping, payload), chop: chop) }
        let odd: [UInt8] = [0x00, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0x00, 0xff]
        let full = [UInt8](repeating: 0xfe, count: 125)
        let unasked = Step.frame(Frame(Frame.pong, Array("unsolicited pong payload".utf8)))
        let ten = (0..<10).map { "payload-\($0)" }
        return [
            ConformanceCase("2.1", [ping([])], answers: [.pong([])], .normal),
            ConformanceCase("2.2", [.ping("Hello, world!")], answers: [.pong("Hello, world!")], .normal),
            ConformanceCase("2.3", [ping(odd)], answers: [.pong(odd)], .normal),
            ConformanceCase("2.4", [ping(full)], answers: [.pong(full)], .normal),
            ConformanceCase("2.5", [ping(full + [0xfe])], .failed([1002])),
            ConformanceCase("2.6", [ping(full, chop: 1)], answers: [.pong(full)], .normal),
            ConformanceCase("2.7", [.frame(Frame(Frame.pong))], .normal),
            ConformanceCase("2.8", [unasked], .normal),
            ConformanceCase("2.9", [unasked, .ping("ping payload")], answers: [.pong("ping payload")], .normal),
            ConformanceCase("2.10", ten.map { .ping($0) }, answers: ten.map { .pong($0) }, .normal),
            ConformanceCase("2.11", ten.map { .ping($0, chop: 1) }, answers: ten.map { .pong($0) }, .normal),
        ]
    }()

    /// 3: reserved bits. 4: reserved opcodes.
    static let reserved: [ConformanceCase] = {
        let hello = "Hello, world!"
        let bytes = Array(hello.utf8)
        func after(_ number: String, _ frame: Frame, chop: Int? = nil) -> ConformanceCase {
            ConformanceCase(
                number, [.text(hello, chop: chop), .frame(frame, chop: chop), .late(Frame(Frame.ping))],
                answers: [.text(hello)], .failed([1002]))
        }
        func alone(_ number: String, _ frame: Frame) -> ConformanceCase {
            ConformanceCase(number, [.frame(frame)], .failed([1002]))
        }
        let reserved = Array("reserved opcode payload".utf8)
        return [
            alone("3.1", Frame(Frame.text, bytes, reserved: 1)),
            after("3.2", Frame(Frame.text, bytes, reserved: 2)),
            after("3.3", Frame(Frame.text, bytes, reserved: 3)),
            after("3.4", Frame(Frame.text, bytes, reserved: 4), chop: 1),
            alone("3.5", Frame(Frame.binary, [0x00, 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0x00, 0xff], reserved: 5)),
            alone("3.6", Frame(Frame.ping, bytes, reserved: 6)),
            alone("3.7", Frame(Frame.close, reserved: 7)),
            alone("4.1.1", Frame(3)),
            alone("4.1.2", Frame(4, reserved)),
            after("4.1.3", Frame(5)),
            after("4.1.4", Frame(6, bytes)),
            after("4.1.5", Frame(7, bytes), chop: 1),
            alone("4.2.1", Frame(11)),
            alone("4.2.2", Frame(12, reserved)),
            after("4.2.3", Frame(13)),
            after("4.2.4", Frame(14, bytes)),
            after("4.2.5", Frame(15, bytes), chop: 1),
        ]
    }()
}
