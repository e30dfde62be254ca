// The fields that decide where a request ends and what the connection does next.
extension HeadParser {
    @inline(__always)
    mutating func interpret(
        _ bytes: inout MutableSpan<UInt8>, name: Range<Int>, value: Range<Int>
    ) throws(HTTPFault) {
        switch name.count {
        case 4 where bytes.matches("host", at: name.lowerBound):
            hostCount += 1
            guard hostCount == 1 else { throw .repeatedHost }
            try authority(&bytes, value)
        case 6 where bytes.matches("expect", at: name.lowerBound):
            if value.count == 12, bytes.matches("100-continue", at: value.lowerBound) {
                head.expectsContinue = true
            } else {
                head.hasUnknownExpectation = true
            }
        case 10 where bytes.matches("connection", at: name.lowerBound):
            for option in ListElements(bytes, value) {
                if option.count == 5, bytes.matches("close", at: option.lowerBound) { connectionClose = true }
                if option.count == 10, bytes.matches("keep-alive", at: option.lowerBound) { connectionKeepAlive = true }
            }
        case 14 where bytes.matches("content-length", at: name.lowerBound):
            try contentLength(bytes, value)
        case 17 where bytes.matches("transfer-encoding", at: name.lowerBound):
            codings.isPresent = true
            for coding in ListElements(bytes, value) {
                codings.add(isChunked: coding.count == 7 && bytes.matches("chunked", at: coding.lowerBound))
            }
        default: break
        }
    }

    private mutating func contentLength(
        _ bytes: borrowing MutableSpan<UInt8>, _ value: Range<Int>
    ) throws(HTTPFault) {
        guard !value.isEmpty else { throw .malformedContentLength }
        var length = 0
        for index in value {
            guard ByteClass.isDigit(bytes[index]) else { throw .malformedContentLength }
            guard length < 1 << 56 else { throw .contentTooLarge }
            length = length * 10 + Int(bytes[index] &- 48)
        }
        guard head.contentLength == nil || head.contentLength == length else { throw .malformedContentLength }
        head.contentLength = length
    }

    /// The rules that need the whole head.
    mutating func finish() throws(HTTPFault) {
        if head.version == .http11, hostCount == 0 { throw .missingHost }
        if codings.isPresent {
            guard head.version == .http11, head.contentLength == nil else { throw .ambiguousLength }
            guard codings.endsInChunked, !codings.isChunkedTwice else { throw .malformedTransferEncoding }
            guard !codings.hasUnknown else { throw .unknownTransferCoding }
            head.isChunked = true
        }
        head.keepAlive = !connectionClose && (head.version == .http11 || connectionKeepAlive)
        // An HTTP/1.0 client cannot mean it (RFC 9110 §10.1.1).
        if head.version == .http10 {
            head.expectsContinue = false
            head.hasUnknownExpectation = false
        }
    }
}

/// What the Transfer-Encoding fields of one head amount to.
struct TransferCodings {
    var isPresent = false
    var endsInChunked = false
    var isChunkedTwice = false
    var hasUnknown = false

    mutating func add(isChunked: Bool) {
        if isChunked, endsInChunked { isChunkedTwice = true }
        if endsInChunked, !isChunked { isChunkedTwice = true }
        if !isChunked { hasUnknown = true }
        endsInChunked = isChunked
    }
}

/// The elements of a comma-separated list (RFC 9110 §5.6.1), as ranges without surrounding blanks, empty ones left out.
struct ListElements: Sequence, IteratorProtocol {
    private var rest: [Range<Int>]

    init(_ bytes: borrowing MutableSpan<UInt8>, _ value: Range<Int>) {
        rest = []
        var start = value.lowerBound
        for index in value.lowerBound...value.upperBound
        where index == value.upperBound || bytes[index] == UInt8(ascii: ",") {
            var (low, high) = (start, index)
            while low < high, ByteClass.isBlank(bytes[low]) { low += 1 }
            while high > low, ByteClass.isBlank(bytes[high - 1]) { high -= 1 }
            if low < high { rest.append(low..<high) }
            start = index + 1
        }
        rest.reverse()
    }

    mutating func next() -> Range<Int>? { rest.popLast() }
}
