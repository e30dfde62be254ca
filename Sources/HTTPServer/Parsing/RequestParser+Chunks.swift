// The framing around chunks (RFC 9112 §7.1), byte by byte; content itself is taken in runs. Extensions are ignored,
// trailers are checked and dropped.
extension RequestParser {
    mutating func readChunkFraming(_ byte: UInt8) throws(HTTPFault) {
        let carriageReturn = UInt8(ascii: "\r")
        let lineFeed = UInt8(ascii: "\n")
        switch state {
        case .chunkSize:
            guard let digit = ByteClass.hexValue(byte) else { throw .malformedChunk }
            remaining = digit
            digits = 1
            state = .chunkSizeDigits
        case .chunkSizeDigits:
            if let digit = ByteClass.hexValue(byte) {
                guard remaining < 1 << 56, digits < 16 else { throw .malformedChunk }
                digits += 1
                remaining = remaining << 4 | digit
            } else if byte == carriageReturn {
                state = .chunkSizeLineFeed
            } else if byte == UInt8(ascii: ";") {
                state = .chunkExtension
            } else if ByteClass.isBlank(byte) {
                state = .chunkBlank
            } else {
                throw .malformedChunk
            }
        case .chunkBlank:
            try countOverhead()
            guard ByteClass.isBlank(byte) || byte == UInt8(ascii: ";") else { throw .malformedChunk }
            if byte == UInt8(ascii: ";") { state = .chunkExtension }
        case .chunkExtension:
            try countOverhead()
            if byte == carriageReturn {
                state = .chunkSizeLineFeed
            } else if (byte < 0x20 && byte != 0x09) || byte == 0x7f {
                throw .malformedChunk
            }
        case .chunkSizeLineFeed:
            guard byte == lineFeed else { throw .malformedChunk }
            state = remaining == 0 ? .trailerStart : .chunkData
        case .chunkDataReturn:
            guard byte == carriageReturn else { throw .malformedChunk }
            state = .chunkDataLineFeed
        case .chunkDataLineFeed:
            guard byte == lineFeed else { throw .malformedChunk }
            state = .chunkSize
        default: try readTrailer(byte)
        }
    }

    private mutating func readTrailer(_ byte: UInt8) throws(HTTPFault) {
        try countOverhead()
        switch state {
        case .trailerStart:
            if byte == UInt8(ascii: "\r") {
                state = .lastLineFeed
            } else if ByteClass.isToken(byte) {
                state = .trailerName
            } else {
                throw .malformedChunk
            }
        case .trailerName:
            if byte == UInt8(ascii: ":") {
                state = .trailerValue
            } else if !ByteClass.isToken(byte) {
                throw .malformedChunk
            }
        case .trailerValue:
            if byte == UInt8(ascii: "\r") {
                state = .trailerLineFeed
            } else if (byte < 0x20 && byte != 0x09) || byte == 0x7f {
                throw .malformedChunk
            }
        case .trailerLineFeed:
            guard byte == UInt8(ascii: "\n") else { throw .malformedChunk }
            state = .trailerStart
        default:
            guard byte == UInt8(ascii: "\n") else { throw .malformedChunk }
            state = .headEnded
        }
    }

    private mutating func countOverhead() throws(HTTPFault) {
        overhead += 1
        guard overhead <= limits.chunkOverheadBytes else { throw .fieldsTooLarge }
    }
}
