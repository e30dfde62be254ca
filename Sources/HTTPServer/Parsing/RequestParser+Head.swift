internal import Glibc

// The head is read in two phases, so that the result cannot depend on how it was split: first its end is looked for
// (and a bare LF refused), then the whole of it is parsed in its own copy.
extension RequestParser {
    mutating func readHead(_ input: Span<UInt8>, _ position: inout Int) throws(HTTPFault) -> RequestHead? {
        guard position < input.count else { return nil }
        if pending.isEmpty {
            guard ByteClass.isToken(input[position]) else { throw .malformedRequestLine }
            let available = min(input.count - position, limits.headBytes)
            let window = input.extracting(position..<position + available)
            if let count = try endOfHead(window) {
                let bytes = window.withUnsafeBufferPointer { [UInt8]($0[..<count]) }
                position += count
                return try finishHead(bytes)
            }
            pending = window.withUnsafeBufferPointer { [UInt8]($0) }
            position += available
        } else {
            let before = pending.count
            let available = min(input.count - position, limits.headBytes - before)
            input.extracting(position..<position + available).withUnsafeBufferPointer { pending.append(contentsOf: $0) }
            let bytes = pending
            if let count = try endOfHead(bytes.span) {
                position += count - before
                pending = []
                return try finishHead(Array(bytes[..<count]))
            }
            position += available
        }
        guard pending.count < limits.headBytes else {
            throw pending.contains(UInt8(ascii: "\n")) ? .fieldsTooLarge : .targetTooLong
        }
        return nil
    }

    /// The count of bytes up to and with the empty line, or `nil` when it is not there yet.
    private mutating func endOfHead(_ bytes: Span<UInt8>) throws(HTTPFault) -> Int? {
        while searched < bytes.count {
            let from = searched
            let found: Int? = bytes.withUnsafeBytes { buffer in
                guard let base = buffer.baseAddress, let hit = memchr(base + from, 10, buffer.count - from) else {
                    return nil
                }
                return base.distance(to: UnsafeRawPointer(hit))
            }
            guard let feed = found else {
                searched = bytes.count
                return nil
            }
            searched = feed + 1
            guard feed >= 1, bytes[feed - 1] == UInt8(ascii: "\r") else { throw .bareLineBreak }
            if feed >= 2, bytes[feed - 2] == UInt8(ascii: "\n") { return feed + 1 }
        }
        return nil
    }

    private mutating func finishHead(_ bytes: consuming [UInt8]) throws(HTTPFault) -> RequestHead {
        searched = 0
        let head = try HeadParser.parse(bytes, limits: limits)
        if head.isChunked {
            state = .chunkSize
            remaining = 0
            overhead = 0
        } else if let length = head.contentLength, length > 0 {
            state = .fixed
            remaining = length
        } else {
            state = .headEnded
        }
        return head
    }
}
