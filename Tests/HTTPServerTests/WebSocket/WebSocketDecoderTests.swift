import Testing
import WebSocketClient

@testable import HTTPServer

@Suite struct `The WebSocket decoder` {
    /// What it makes of some bytes cut at these places; steps after a close frame or a fault do not count.
    private static func steps(_ bytes: [UInt8], cuts: [Int], messageBytes: Int = 1 << 20, fragments: Int = 1 << 17)
        -> [WebSocketDecoder.Step]
    {
        var decoder = WebSocketDecoder(messageBytes: messageBytes, fragmentCount: fragments)
        var steps: [WebSocketDecoder.Step] = []
        var start = 0
        for end in cuts + [bytes.count] {
            let piece = Array(bytes[start..<end])
            start = end
            var position = 0
            feeding: while true {
                let step = decoder.next(piece.span, at: &position)
                switch step {
                case .needsMore: break feeding
                case .close, .fault: return steps + [step]
                case .message, .ping, .pong: steps.append(step)
                }
            }
            #expect(position == piece.count)
        }
        return steps
    }

    @Test func `makes the same of every case, however it is cut`() {
        for one in ConformanceCase.single + ConformanceCase.sequences {
            let bytes = one.bytes
            let whole = Self.steps(bytes, cuts: [])
            if bytes.count < 10_000 {
                let byBytes = Self.steps(bytes, cuts: Array(1..<max(bytes.count, 1)))
                #expect(byBytes == whole, "\(one.number)")
            }
            guard bytes.count <= 300 else { continue }
            for cut in 0...bytes.count where Self.steps(bytes, cuts: [cut]) != whole {
                Issue.record("\(one.number), cut at \(cut)")
            }
        }
    }

    @Test(arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 70_001])
    func `takes off any mask at any length`(_ count: Int) {
        let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }
        for key: [UInt8] in [[0, 0, 0, 0], [1, 2, 3, 4], [0xff, 0, 0x80, 0x7f]] {
            let bytes = Frame(Frame.binary, payload, key: key).bytes
            for cuts in [[], [bytes.count / 3], [7, 9, 14].filter { $0 < bytes.count }] {
                let steps = Self.steps(bytes, cuts: cuts)
                let isRight = steps == [.message(WebSocketMessage(kind: .binary, bytes: payload))]
                #expect(isRight)
            }
        }
    }

    @Test(arguments: [
        (Frame(Frame.text, [65], key: nil), WebSocketFault.unmasked),
        (Frame(Frame.text, [UInt8](repeating: 65, count: 125), lengthBytes: 2), .malformedLength),
        (Frame(Frame.text, [UInt8](repeating: 65, count: 125), lengthBytes: 8), .malformedLength),
        (Frame(Frame.text, [UInt8](repeating: 65, count: 65_535), lengthBytes: 8), .malformedLength),
        (Frame(Frame.ping, [65], lengthBytes: 2), .longControl),
        (Frame(Frame.close, [3]), .malformedClose),
    ]) func `refuses what no client may send`(_ frame: Frame, _ fault: WebSocketFault) {
        #expect(Self.steps(frame.bytes, cuts: []) == [.fault(fault)])
    }

    @Test func `refuses a length with its highest bit set at that byte`() {
        #expect(Self.steps([0x82, 0xff, 0x80], cuts: [1, 2]) == [.fault(.malformedLength)])
    }

    @Test func `refuses what is over its limits before it comes`() {
        let announced: [UInt8] = [0x82, 0xff, 0, 0, 0, 0, 0, 0x10, 0, 1]
        #expect(Self.steps(announced, cuts: []) == [.fault(.messageTooBig)])
        let full = Frame(Frame.binary, [1, 2, 3], isFinal: false).bytes
        let more = Frame(Frame.continuation, [4]).bytes
        #expect(Self.steps(full + more, cuts: [], messageBytes: 3) == [.fault(.messageTooBig)])
        #expect(
            Self.steps(full + more, cuts: [], messageBytes: 4)
                == [.message(WebSocketMessage(kind: .binary, bytes: [1, 2, 3, 4]))])
        #expect(Self.steps(full + more, cuts: [], fragments: 1) == [.fault(.tooManyFragments)])
        let empty = Frame(Frame.text, [], isFinal: false).bytes
        let endless = (0..<100).flatMap { _ in Frame(Frame.continuation, [], isFinal: false).bytes }
        #expect(Self.steps(empty + endless, cuts: [], fragments: 100) == [.fault(.tooManyFragments)])
    }

    @Test func `checks UTF-8 as the standard library does, wherever it is cut`() {
        var generator = Xorshift(state: 0x9e37_79b9_7f4a_7c15)
        let interesting: [UInt8] = [
            0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4,
            0xf5, 0xff,
        ]
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                interesting.randomElement(using: &generator) ?? 0
            }
            let cut = Int.random(in: 0...bytes.count, using: &generator)
            var check = UTF8Check()
            let isText =
                check.accept(bytes.span.extracting(..<cut)) && check.accept(bytes.span.extracting(cut...))
                && check.isComplete
            #expect(isText == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes) at \(cut)")
        }
    }
}

/// Numbers that are the same in every run.
struct Xorshift: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
