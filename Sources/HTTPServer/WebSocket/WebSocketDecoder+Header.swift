// The header of a frame (RFC 6455 §5.2), a byte at a time.
extension WebSocketDecoder {
    mutating func readOpcode(_ byte: UInt8) throws(WebSocketFault) {
        guard byte & 0x70 == 0 else { throw .reservedBit }
        guard let opcode = WebSocketFrame.Opcode(rawValue: byte & 0x0f) else { throw .unknownOpcode }
        self.opcode = opcode
        isFinal = byte & 0x80 != 0
        switch opcode {
        case .continuation:
            guard kind != nil else { throw .nothingToContinue }
            try countFragment()
        case .text, .binary:
            guard kind == nil else { throw .interruptedMessage }
            kind = opcode == .text ? .text : .binary
            fragments = 0
            text = UTF8Check()
            try countFragment()
        case .close, .ping, .pong: guard isFinal else { throw .fragmentedControl }
        }
        state = .length
    }

    private mutating func countFragment() throws(WebSocketFault) {
        fragments += 1
        guard fragments <= fragmentCount else { throw .tooManyFragments }
    }

    mutating func readLength(_ byte: UInt8) throws(WebSocketFault) {
        guard byte & 0x80 != 0 else { throw .unmasked }
        let length = byte & 0x7f
        guard !opcode.isControl || length <= 125 else { throw .longControl }
        remaining = 0
        switch length {
        case 126: (state, missing) = (.shortLength, 2)
        case 127: (state, missing) = (.longLength, 8)
        default:
            remaining = UInt64(length)
            try lengthIsKnown()
        }
    }

    /// A byte of a length in two or eight bytes, which must need them.
    mutating func readExtendedLength(_ byte: UInt8) throws(WebSocketFault) {
        if state == .longLength, missing == 8, byte & 0x80 != 0 { throw .malformedLength }
        remaining = remaining << 8 | UInt64(byte)
        missing -= 1
        guard missing == 0 else { return }
        guard remaining > (state == .shortLength ? 125 : 0xffff) else { throw .malformedLength }
        try lengthIsKnown()
    }

    private mutating func lengthIsKnown() throws(WebSocketFault) {
        if !opcode.isControl, remaining > UInt64(messageBytes - message.count) { throw .messageTooBig }
        state = .mask
        missing = 4
    }
}

extension WebSocketFrame.Opcode {
    /// Whether it is about the connection, not of a message.
    var isControl: Bool { rawValue & 0x08 != 0 }
}
