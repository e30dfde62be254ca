// The payload of a frame: unmasked, checked and joined as it comes.
extension WebSocketDecoder {
    /// Takes what there is of the payload, and says what the frame amounts to once it is whole.
    mutating func readPayload(_ input: Span<UInt8>, _ position: inout Int) throws(WebSocketFault) -> Step? {
        let count = Int(min(remaining, UInt64(input.count - position)))
        if count > 0 {
            let piece = input.extracting(position..<position + count)
            position += count
            remaining -= UInt64(count)
            if opcode.isControl {
                Self.append(piece, to: &control, &mask)
            } else {
                try takeData(piece)
            }
        }
        guard remaining == 0 else { return nil }
        mask = Mask()
        state = .opcode
        return opcode.isControl ? try endControl() : try endData()
    }

    private mutating func takeData(_ piece: Span<UInt8>) throws(WebSocketFault) {
        let start = message.count
        // What is announced takes no memory before it comes; what has come at once is given just its size.
        if start == 0, isFinal { message.reserveCapacity(piece.count) }
        Self.append(piece, to: &message, &mask)
        guard kind == .text else { return }
        var check = text
        guard check.accept(message.span.extracting(start..<message.count)) else { throw .invalidText }
        text = check
    }

    private static func append(_ piece: Span<UInt8>, to bytes: inout [UInt8], _ mask: inout Mask) {
        let start = bytes.count
        piece.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        bytes.withUnsafeMutableBytes { mask.remove(from: UnsafeMutableRawBufferPointer(rebasing: $0[start...])) }
    }

    private mutating func endData() throws(WebSocketFault) -> Step? {
        guard isFinal, let kind else { return nil }
        guard kind == .binary || text.isComplete else { throw .invalidText }
        let bytes = message
        message = []
        self.kind = nil
        return .message(WebSocketMessage(kind: kind, bytes: bytes))
    }

    private mutating func endControl() throws(WebSocketFault) -> Step {
        let payload = control
        control = []
        switch opcode {
        case .ping: return .ping(payload)
        case .pong: return .pong(payload)
        default: return try close(payload)
        }
    }

    private func close(_ payload: [UInt8]) throws(WebSocketFault) -> Step {
        guard !payload.isEmpty else { return .close(nil, reason: "") }
        guard payload.count >= 2, let code = CloseCode(rawValue: UInt16(payload[0]) << 8 | UInt16(payload[1])) else {
            throw .malformedClose
        }
        var check = UTF8Check()
        guard check.accept(payload.span.extracting(droppingFirst: 2)), check.isComplete else { throw .invalidText }
        return .close(code, reason: String(decoding: payload.dropFirst(2), as: UTF8.self))
    }
}
