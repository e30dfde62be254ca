/// Reads a multipart form from bytes: a pure state machine. However the bytes are split, the parts, their bytes and the
/// fault are the same. After a fault it stays failed.
public struct MultipartParser: Sendable {
    /// What the parser found.
    public enum Step: Sendable, Equatable {
        /// The input is used up.
        case needsMore
        /// A part begins.
        case part(MultipartPart)
        /// These bytes of the input are content of the part.
        case data(Range<Int>)
        /// These bytes are content of the part; they came before this input and looked like the start of a boundary.
        case held([UInt8])
        /// The part is complete.
        case partEnd
        /// The form is complete. What follows is no part of it; it is read to its end all the same.
        case end
        /// The bytes are no form.
        case fault(MultipartFault)
    }

    enum State: UInt8 {
        case preamble, data, delimiter, delimiterFeed, dash, header, closing, closingFeed, epilogue, failed
    }

    let boundary: MultipartBoundary
    let limits: MultipartLimits
    var state = State.preamble
    /// How much of the delimiter has been matched, and from where on it was really there: its CRLF may be the one that
    /// ended the header (RFC 2046 §5.1.1 lets a part be empty so), or the start of the body.
    var matched = 2
    var matchedFrom = 2
    private var header: [UInt8] = []
    private var parts = 0
    private var overhead = 0
    private var lastFault: MultipartFault?

    /// A parser at the start of a form.
    public init(boundary: MultipartBoundary, limits: MultipartLimits = MultipartLimits()) {
        self.boundary = boundary
        self.limits = limits
    }

    /// What it means that the body ends here: nil when the form is complete.
    public var faultAtEnd: MultipartFault? {
        switch state {
        case .closing, .epilogue: nil
        case .failed: lastFault
        default: .unfinished
        }
    }

    /// Reads on from `position`, which is moved past what has been used.
    public mutating func next(_ input: Span<UInt8>, at position: inout Int) -> Step {
        do throws(MultipartFault) {
            while true {
                switch state {
                case .failed: return .fault(lastFault ?? .unfinished)
                case .preamble, .data:
                    if let step = try scan(input, &position) { return step }
                case .epilogue:
                    try count(input.count - position)
                    position = input.count
                    return .needsMore
                default:
                    guard position < input.count else { return .needsMore }
                    let byte = input[position]
                    position += 1
                    if let step = try read(byte) { return step }
                }
            }
        } catch {
            state = .failed
            header = []
            lastFault = error
            return .fault(error)
        }
    }

    /// Goes on in what ends with a delimiter.
    private mutating func scan(_ input: Span<UInt8>, _ position: inout Int) throws(MultipartFault) -> Step? {
        let found = search(input, &position)
        guard state == .preamble else {
            if found == .partEnd { state = .delimiter }
            return found
        }
        switch found {
        case .data(let range): try count(range.count)
        case .held(let bytes): try count(bytes.count)
        case .partEnd: state = .delimiter
        default: return .needsMore
        }
        return nil
    }

    /// One byte behind a boundary, or of a header.
    private mutating func read(_ byte: UInt8) throws(MultipartFault) -> Step? {
        switch state {
        case .delimiter:
            switch byte {
            case UInt8(ascii: "-") where overheadSinceDelimiter == 0: state = .dash
            case 13: state = .delimiterFeed
            case 0x20, 0x09:
                overheadSinceDelimiter += 1
                try count(1)
            default: throw .malformedBoundary
            }
        case .delimiterFeed:
            guard byte == 10 else { throw .malformedBoundary }
            overheadSinceDelimiter = 0
            state = .header
        case .dash:
            guard byte == UInt8(ascii: "-") else { throw .malformedBoundary }
            state = .closing
            return .end
        case .closing:
            switch byte {
            case 13: state = .closingFeed
            case 0x20, 0x09: try count(1)
            default: throw .malformedBoundary
            }
        case .closingFeed:
            guard byte == 10 else { throw .malformedBoundary }
            state = .epilogue
        default: return try readHeader(byte)
        }
        return nil
    }

    /// Blanks behind the boundary that is being read.
    private var overheadSinceDelimiter = 0

    private mutating func readHeader(_ byte: UInt8) throws(MultipartFault) -> Step? {
        guard header.count < limits.headerBytes else { throw .headerTooLarge }
        let before = header.last
        guard (byte == 10) == (before == 13) else { throw .malformedHeader }
        header.append(byte)
        guard byte == 10, header.count == 2 || header.count >= 4 && header[header.count - 3] == 10 else { return nil }
        parts += 1
        guard parts <= limits.parts else { throw .tooManyParts }
        let part = try MultipartPart(header: header.span.extracting(0..<header.count - 2))
        header.removeAll(keepingCapacity: true)
        (matched, matchedFrom) = (2, 2)
        state = .data
        return .part(part)
    }

    private mutating func count(_ bytes: Int) throws(MultipartFault) {
        overhead += bytes
        guard overhead <= limits.overheadBytes else { throw .overheadTooLarge }
    }
}
