import WebSocketClient

extension ConformanceCase {
    /// 6.1 to 6.4: text in fragments that cut characters, and text that fails at its first wrong byte.
    static let text: [ConformanceCase] = {
        func pieces(_ payload: [UInt8], _ size: Int) -> [Step] {
            stride(from: 0, to: payload.count, by: size).map { start in
                let end = min(start + size, payload.count)
                return .frame(
                    Frame(
                        start == 0 ? Frame.text : Frame.continuation, Array(payload[start..<end]),
                        isFinal: end == payload.count))
            }
        }
        func part(_ opcode: UInt8, _ payload: some Sequence<UInt8>, isFinal: Bool = false) -> Step {
            .frame(Frame(opcode, Array(payload), isFinal: isFinal))
        }
        let hello = "Hello-µ@ßöäüàá-UTF-8!!"
        let greek: [UInt8] = [0xce, 0xba, 0xe1, 0xbd, 0xb9, 0xcf, 0x83, 0xce, 0xbc, 0xce, 0xb5]
        let edited = Array("edited".utf8)
        let surrogate = greek + [0xed, 0xa0, 0x80] + edited
        let beyond = greek + [0xf4, 0x90, 0x80, 0x80] + edited
        // One frame for all of it, of which only the beginning is sent.
        let whole = Frame(Frame.text, beyond).bytes
        let start = whole.count - beyond.count
        return [
            ConformanceCase("6.1.1", [.text("")], answers: [.text("")], .normal),
            ConformanceCase(
                "6.1.2", [part(1, []), part(0, []), part(0, [], isFinal: true)], answers: [.text("")], .normal),
            ConformanceCase(
                "6.1.3", [part(1, []), part(0, "middle frame payload".utf8), part(0, [], isFinal: true)],
                answers: [.text("middle frame payload")], .normal),
            ConformanceCase("6.2.1", [.text(hello)], answers: [.text(hello)], .normal),
            ConformanceCase(
                "6.2.2", [part(1, "Hello-µ@ßöä".utf8), part(0, "üàá-UTF-8!!".utf8, isFinal: true)],
                answers: [.text(hello)], .normal),
            ConformanceCase("6.2.3", pieces(Array(hello.utf8), 1), answers: [.text(hello)], .normal),
            ConformanceCase("6.2.4", pieces(greek, 1), answers: [.text("κόσμε")], .normal),
            ConformanceCase("6.3.1", [part(1, surrogate, isFinal: true)], .failed([1007])),
            // The byte after 0xED that makes it a surrogate is the thirteenth; nothing after it is sent.
            ConformanceCase("6.3.2", Array(pieces(surrogate, 1).prefix(13)), .failed([1007])),
            ConformanceCase(
                "6.4.1", [part(1, greek), .silence, part(0, [0xf4, 0x90, 0x80, 0x80])], .failed([1007])),
            ConformanceCase("6.4.2", [part(1, beyond[..<12]), .silence, part(0, [beyond[12]])], .failed([1007])),
            ConformanceCase(
                "6.4.3",
                [
                    .bytes(Array(whole[..<(start + greek.count)])), .silence,
                    .bytes(Array(whole[(start + greek.count)..<(start + greek.count + 4)])),
                ], .failed([1007])),
            ConformanceCase(
                "6.4.4",
                [.bytes(Array(whole[..<(start + 12)])), .silence, .bytes([whole[start + 12]])], .failed([1007])),
        ]
    }()

    /// 6.5 to 6.23: one message for each sequence of bytes.
    static let sequences: [ConformanceCase] = UTF8Sequences.groups.enumerated().flatMap { group, sequences in
        sequences.enumerated().map { index, bytes in
            let number = "6.\(group + 5).\(index + 1)"
            // Whether the bytes are text is the standard library's word, not that of the code under test.
            if let text = String(validating: bytes, as: UTF8.self) {
                return ConformanceCase(number, [.frame(Frame(Frame.text, bytes))], answers: [.text(text)], .normal)
            }
            return ConformanceCase(number, [.frame(Frame(Frame.text, bytes))], .failed([1007]))
        }
    }
}
