internal import Glibc

/// Reads requests from bytes: a pure state machine without sockets, clocks or allocation beyond the head it returns.
///
/// Feed it spans; however the bytes are split, the heads, the body bytes and the fault are the same. After a fault it
/// stays failed: nothing that follows can be trusted (RFC 9112 §2.2, §11.2).
public struct RequestParser: Sendable {
    /// What the parser found.
    public enum Step: Sendable, Equatable {
        /// The input is used up.
        case needsMore
        /// A head. Its body steps, if any, and `end` follow.
        case head(RequestHead)
        /// These bytes of the input are content.
        case body(Range<Int>)
        /// The request is complete; the next one may follow.
        case end
        /// The bytes are no request.
        case fault(HTTPFault)
    }

    enum State: UInt8 {
        case start, startLineFeed, head, headEnded, fixed
        case chunkSize, chunkSizeDigits, chunkBlank, chunkExtension, chunkSizeLineFeed, chunkData, chunkDataReturn,
            chunkDataLineFeed
        case trailerStart, trailerName, trailerValue, trailerLineFeed, lastLineFeed
        case failed
    }

    let limits: RequestLimits
    var state = State.start
    /// Content bytes left of the body or of the chunk; the size of the chunk while it is read.
    var remaining = 0
    /// Digits of a chunk's size, leading zeros included.
    var digits: UInt8 = 0
    /// Bytes of chunk extensions and trailers so far.
    var overhead = 0
    /// The start of a head that came in pieces, and how much of it has been searched for its end.
    var pending: [UInt8] = []
    var searched = 0
    var lastFault: HTTPFault?

    /// A parser at the start of a connection.
    public init(limits: RequestLimits = RequestLimits()) { self.limits = limits }

    /// Whether part of a head has been read.
    public var isWithinHead: Bool { state == .startLineFeed || state == .head }
    /// Whether a body is being read.
    public var isWithinBody: Bool { !isWithinHead && state != .start && state != .failed }

    /// Reads on from `position`, which is moved past what has been used.
    public mutating func next(_ input: Span<UInt8>, at position: inout Int) -> Step {
        do throws(HTTPFault) {
            while true {
                switch state {
                case .start, .startLineFeed:
                    guard position < input.count else { return .needsMore }
                    try start(input[position], &position)
                case .head:
                    guard let head = try readHead(input, &position) else { return .needsMore }
                    return .head(head)
                case .headEnded:
                    state = .start
                    return .end
                case .fixed:
                    guard position < input.count else { return .needsMore }
                    return .body(take(input, &position, then: .headEnded))
                case .chunkData:
                    guard position < input.count else { return .needsMore }
                    return .body(take(input, &position, then: .chunkDataReturn))
                case .failed: return .fault(lastFault ?? .malformedRequestLine)
                default:
                    guard position < input.count else { return .needsMore }
                    try readChunkFraming(input[position])
                    position += 1
                }
            }
        } catch {
            state = .failed
            pending = []
            lastFault = error
            return .fault(error)
        }
    }

    /// One empty line before the request line is skipped (RFC 9112 §2.2).
    private mutating func start(_ byte: UInt8, _ position: inout Int) throws(HTTPFault) {
        if state == .startLineFeed {
            guard byte == UInt8(ascii: "\n") else { throw .bareLineBreak }
            position += 1
            state = .head
        } else if byte == UInt8(ascii: "\r") {
            position += 1
            state = .startLineFeed
        } else {
            state = .head
        }
    }

    private mutating func take(_ input: Span<UInt8>, _ position: inout Int, then next: State) -> Range<Int> {
        let count = min(remaining, input.count - position)
        let range = position..<position + count
        position += count
        remaining -= count
        if remaining == 0 { state = next }
        return range
    }
}
