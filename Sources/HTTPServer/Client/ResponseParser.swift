/// Parses answers strictly (RFC 9112): what two readers could read differently is refused. Bytes come in any pieces.
struct ResponseParser {
    enum Event: Equatable {
        /// The bytes are used up.
        case needsMore
        case head(ResponseHead)
        /// Where in the bytes given a part of the content lies.
        case body(Range<Int>)
        /// The answer is complete. What follows does not belong to it.
        case end
        case failed(ClientError)
    }

    private enum State {
        case head, length(Int), chunkSize, chunk(Int), chunkEnd, trailer, untilClose, done
        case failed(ClientError)
    }

    /// Interim answers (1xx) before one that counts.
    static let interimLimit = 8
    /// Bytes of a chunk's size with its extensions.
    static let sizeLineLimit = 256

    private let isHead: Bool
    private let headLimit: Int
    private var state = State.head
    /// A head or line that is not complete yet.
    private var held: [UInt8] = []
    private var trailerBytes = 0
    private var interim = 0

    /// - Parameters:
    ///   - isHead: The request's method was HEAD.
    ///   - headLimit: Bytes of a head, and of the trailer fields.
    init(isHead: Bool, headLimit: Int) {
        self.isHead = isHead
        self.headLimit = headLimit
    }

    /// Looks at the bytes from `position`, which moves on.
    mutating func next(_ bytes: Span<UInt8>, at position: inout Int) -> Event {
        do throws(ClientError) {
            while true {
                switch state {
                case .head:
                    guard let event = try head(bytes, &position) else { continue }
                    return event
                case .length(let left), .chunk(let left):
                    let count = min(left, bytes.count - position)
                    if left > 0, count == 0 { return .needsMore }
                    let range = position..<position + count
                    position += count
                    if case .length = state {
                        state = left == count ? .done : .length(left - count)
                    } else {
                        state = left == count ? .chunkEnd : .chunk(left - count)
                    }
                    if count > 0 { return .body(range) }
                case .chunkSize:
                    guard let line = try line(bytes, &position, Self.sizeLineLimit, .malformed(.chunk)) else {
                        return .needsMore
                    }
                    let size = try Self.size(line)
                    state = size == 0 ? .trailer : .chunk(size)
                case .chunkEnd:
                    guard let line = try line(bytes, &position, 2, .malformed(.chunk)) else { return .needsMore }
                    guard line.isEmpty else { throw .malformed(.chunk) }
                    state = .chunkSize
                case .trailer:
                    guard let line = try line(bytes, &position, headLimit - trailerBytes, .headTooLarge) else {
                        return .needsMore
                    }
                    trailerBytes += line.count + 2
                    if line.isEmpty { state = .done } else { _ = try ResponseHead.field(line[...]) }
                case .untilClose:
                    guard position < bytes.count else { return .needsMore }
                    defer { position = bytes.count }
                    return .body(position..<bytes.count)
                case .done: return .end
                case .failed(let error): return .failed(error)
                }
            }
        } catch {
            state = .failed(error)
            return .failed(error)
        }
    }

    /// The peer sends no more.
    mutating func finish() -> Event {
        switch state {
        case .untilClose, .done:
            state = .done
            return .end
        case .failed(let error): return .failed(error)
        default: return .failed(.malformed(.cutOff))
        }
    }

    /// Reads a head up to its empty line; `nil` for an interim answer, which is skipped.
    private mutating func head(_ bytes: Span<UInt8>, _ position: inout Int) throws(ClientError) -> Event? {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            held.append(byte)
            guard held.count <= headLimit else { throw .headTooLarge }
            guard byte == UInt8(ascii: "\n") else { continue }
            guard held.count > 1, held[held.count - 2] == UInt8(ascii: "\r") else { throw .malformed(.field) }
            guard held.count > 2 else { throw .malformed(.statusLine) }
            guard held.count > 4, held[held.count - 3] == UInt8(ascii: "\n") else { continue }
            let head = try ResponseHead(held, isHead: isHead)
            held = []
            if head.status < 200 {
                interim += 1
                guard head.status != 101, interim <= Self.interimLimit else { throw .malformed(.interim) }
                return nil
            }
            switch head.framing {
            case .none: state = .done
            case .length(let length): state = .length(length)
            case .chunked: state = .chunkSize
            case .untilClose: state = .untilClose
            }
            return .head(head)
        }
        return .needsMore
    }

    /// Reads a line up to CR LF, which is left out; `nil` when it is not complete.
    private mutating func line(
        _ bytes: Span<UInt8>, _ position: inout Int, _ limit: Int, _ tooLong: ClientError
    ) throws(ClientError) -> [UInt8]? {
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            held.append(byte)
            guard held.count <= limit else { throw tooLong }
            guard byte == UInt8(ascii: "\n") else { continue }
            guard held.count > 1, held[held.count - 2] == UInt8(ascii: "\r") else { throw .malformed(.chunk) }
            defer { held = [] }
            return Array(held.dropLast(2))
        }
        return nil
    }

    /// `1a` or `1a;extension`.
    private static func size(_ line: [UInt8]) throws(ClientError) -> Int {
        let digits = line.prefix { $0 != UInt8(ascii: ";") }
        guard (1...15).contains(digits.count), ByteClass.isFieldValue(line.span) else { throw .malformed(.chunk) }
        var size = 0
        for digit in digits {
            guard let value = ByteClass.hexValue(digit) else { throw .malformed(.chunk) }
            size = size << 4 | value
        }
        return size
    }
}
