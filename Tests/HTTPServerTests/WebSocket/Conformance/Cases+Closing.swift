import WebSocketClient

extension ConformanceCase {
    /// 7: closing.
    static let closing: [ConformanceCase] = {
        let hello = "Hello World!"
        let close = Step.frame(.close(1000))
        func answered(_ number: String, _ frame: Frame, _ codes: Set<UInt16?>) -> ConformanceCase {
            ConformanceCase(number, [.frame(frame)], .answered(codes))
        }
        let big = String(repeating: "BAsd7&jh23", count: 26_215).prefix(256 * 1024)
        let notText: [UInt8] = UTF8Sequences.greek + [0xed, 0xa0, 0x80] + Array("edited".utf8)
        let valid: [UInt16] = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]
        let invalid: [UInt16] = [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999]
        return [
            ConformanceCase("7.1.1", [.text(hello)], answers: [.text(hello)], .normal),
            ConformanceCase("7.1.2", [close, .late(.close(nil))], .answered([1000])),
            ConformanceCase("7.1.3", [close, .late(Frame(Frame.ping))], .answered([1000])),
            ConformanceCase("7.1.4", [close, .late(.text(hello))], .answered([1000])),
            ConformanceCase(
                "7.1.5",
                [
                    .part(Frame.text, "fragment1", isFinal: false), close,
                    .late(Frame(Frame.continuation, Array("fragment2".utf8))),
                ], .answered([1000])),
            // The suite takes any order here; this server keeps the order in which things came.
            ConformanceCase(
                "7.1.6", [.text(String(big)), .text(hello), close, .late(Frame(Frame.ping))],
                answers: [.text(String(big)), .text(hello)], .answered([1000])),
            answered("7.3.1", .close(nil), [nil]),
            answered("7.3.2", Frame(Frame.close, [0x61]), [1002]),
            answered("7.3.3", .close(1000), [1000]),
            answered("7.3.4", .close(1000, Array(hello.utf8)), [1000]),
            answered("7.3.5", .close(1000, [UInt8](repeating: 0x2a, count: 123)), [1000]),
            answered("7.3.6", .close(1000, [UInt8](repeating: 0x2a, count: 124)), [1002]),
            answered("7.5.1", .close(1000, notText), [1007]),
        ]
            + valid.enumerated().map { answered("7.7.\($0 + 1)", .close($1), [$1]) }
            + invalid.enumerated().map { answered("7.9.\($0 + 1)", .close($1), [1002]) }
            // The suite leaves these two open; they are no codes (RFC 6455 §7.4.2).
            + [answered("7.13.1", .close(5000), [1002]), answered("7.13.2", .close(65_535), [1002])]
    }()
}
