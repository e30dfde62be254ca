@testable import HTTPServer

private struct Trace: Equatable {
    var steps: [WebSocketDecoder.Step] = []
    var fault: WebSocketFault?
    var isWithinMessage = false

    init(_ pieces: [[UInt8]], messageBytes: Int, fragmentCount: Int) {
        var decoder = WebSocketDecoder(messageBytes: messageBytes, fragmentCount: fragmentCount)
        for bytes in pieces {
            var position = 0
            feeding: while true {
                let before = position
                let step = decoder.next(bytes.span, at: &position)
                require(position >= before && position <= bytes.count, "a position outside the input")
                switch step {
                case .needsMore:
                    require(position == bytes.count, "input is left over")
                    break feeding
                case .message, .ping, .pong: steps.append(step)
                case .close:
                    // Nothing counts after it.
                    steps.append(step)
                    return
                case .fault(let found):
                    fault = found
                    require(decoder.next(bytes.span, at: &position) == .fault(found), "a fault does not stay")
                    return
                }
            }
        }
        isWithinMessage = decoder.isWithinMessage
    }

    /// What holds of every message and control frame.
    func check(messageBytes: Int) {
        for step in steps {
            switch step {
            case .message(let message):
                require(message.bytes.count <= messageBytes, "a message over the limit")
                require(message.kind == .binary || isText(message.bytes), "text that is no UTF-8")
            case .ping(let payload), .pong(let payload): require(payload.count <= 125, "a long control frame")
            case .close(_, let reason): require(reason.utf8.count <= 123, "a long reason")
            case .needsMore, .fault: require(false, "a step that is none")
            }
        }
    }
}

/// As the standard library sees it.
private func isText(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

private func fuzzed(_ bytes: [UInt8], messageBytes: Int = 1 << 16, fragmentCount: Int = 1 << 10) -> Trace {
    var pieces = Pieces(for: bytes)
    let whole = Trace([bytes], messageBytes: messageBytes, fragmentCount: fragmentCount)
    whole.check(messageBytes: messageBytes)
    let cut = Trace(pieces.cut(bytes), messageBytes: messageBytes, fragmentCount: fragmentCount)
    require(cut == whole, "it depends on how the bytes are cut")
    return whole
}

/// A client's frame.
private func frame(_ opcode: WebSocketFrame.Opcode, isFinal: Bool, _ payload: [UInt8], _ pieces: inout Pieces)
    -> [UInt8]
{
    let key = (0..<4).map { _ in UInt8(pieces.next(256)) }
    var bytes = [(isFinal ? 0x80 : 0) | opcode.rawValue]
    switch payload.count {
    case ..<126: bytes.append(0x80 | UInt8(payload.count))
    default: bytes += [0xfe, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
    }
    return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
}

/// WebSockets: any bytes, and what was sent as one message, in any fragments with pings between them, comes out again.
func checkWebSocket(_ bytes: [UInt8]) {
    _ = fuzzed(bytes)
    _ = fuzzed(bytes, messageBytes: 20, fragmentCount: 3)
    var pieces = Pieces(for: bytes)
    for kind in [WebSocketMessage.Kind.binary, .text] {
        var sent: [UInt8] = []
        var expected: [WebSocketDecoder.Step] = []
        let fragments = pieces.cut(bytes)
        for (index, fragment) in fragments.enumerated() {
            let opcode = index > 0 ? .continuation : kind == .text ? WebSocketFrame.Opcode.text : .binary
            sent += frame(opcode, isFinal: index == fragments.count - 1, fragment, &pieces)
            guard pieces.next(4) == 0 else { continue }
            let payload = Array(fragment.prefix(125))
            sent += frame(.ping, isFinal: true, payload, &pieces)
            expected.insert(.ping(payload), at: index == fragments.count - 1 ? expected.count : 0)
        }
        let trace = fuzzed(sent, fragmentCount: 1 << 13)
        let messages = trace.steps.filter { if case .message = $0 { true } else { false } }
        if kind == .binary || isText(bytes) {
            require(trace.fault == nil && !trace.isWithinMessage, "a message is refused")
            require(
                messages == (fragments.isEmpty ? [] : [.message(.init(kind: kind, bytes: bytes))]), "another message")
            require(trace.steps.count == messages.count + expected.count, "pings are lost")
        } else {
            require(trace.fault == .invalidText && messages.isEmpty, "text that is no UTF-8 is taken")
        }
    }
}
