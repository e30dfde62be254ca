@testable import HTTPServer

/// What a parser made of some bytes.
private struct Trace: Equatable {
    var heads: [RequestHead] = []
    var bodies: [[UInt8]] = []
    var ended = 0
    var fault: HTTPFault?

    init(_ pieces: [[UInt8]], limits: RequestLimits) {
        var parser = RequestParser(limits: limits)
        for bytes in pieces {
            var position = 0
            feeding: while true {
                let before = position
                switch parser.next(bytes.span, at: &position) {
                case .needsMore:
                    require(position == bytes.count, "input is left over")
                    break feeding
                case .head(let head):
                    heads.append(head)
                    bodies.append([])
                case .body(let range):
                    require(!range.isEmpty && range.lowerBound >= before && range.upperBound == position, "a range")
                    bodies[bodies.count - 1] += bytes[range]
                case .end: ended += 1
                case .fault(let found):
                    fault = found
                    require(parser.next(bytes.span, at: &position) == .fault(found), "a fault does not stay")
                    return
                }
                require(position <= bytes.count, "the position is behind the input")
            }
        }
    }

    /// What holds of every head and body.
    func check() {
        for (index, head) in heads.enumerated() {
            let whole = 0..<head.bytes.count
            let ranges = [head.methodRange, head.path, head.query ?? 0..<0, head.host ?? 0..<0]
            for range in ranges + head.fields.flatMap({ [$0.name, $0.value] }) {
                require(range.lowerBound >= 0 && range.upperBound <= whole.upperBound, "a range outside the head")
            }
            for field in head.fields {
                require(!field.name.isEmpty && head.bytes[field.name].allSatisfy(ByteClass.isToken), "a field's name")
                require(ByteClass.isFieldValue(head.bytes.span.extracting(field.value)), "a field's value")
            }
            require(head.host != nil || head.version == .http10, "HTTP/1.1 without a host")
            require(!(head.isChunked && head.contentLength != nil), "two lengths")
            guard index < ended else { continue }
            if let length = head.contentLength { require(bodies[index].count == length, "the body's length") }
            if !head.hasBody { require(bodies[index].isEmpty, "a body that was not declared") }
        }
        require(ended == heads.count || ended == heads.count - 1, "requests that do not end")
    }
}

private func fuzzed(_ bytes: [UInt8], limits: RequestLimits = RequestLimits()) -> Trace {
    var pieces = Pieces(for: bytes)
    let whole = Trace([bytes], limits: limits)
    whole.check()
    require(Trace(pieces.cut(bytes), limits: limits) == whole, "it depends on how the bytes are cut")
    return whole
}

/// Requests: head, target, fields and framing.
func checkRequest(_ bytes: [UInt8]) {
    _ = fuzzed(bytes)
    var small = RequestLimits()
    small.headBytes = 256
    small.chunkOverheadBytes = 32
    _ = fuzzed(bytes, limits: small)
}

/// Chunked bodies: any bytes, and what was encoded comes out again.
func checkChunks(_ bytes: [UInt8]) {
    let head = Array("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
    _ = fuzzed(head + bytes)
    var pieces = Pieces(for: bytes)
    var encoded = head
    for piece in pieces.cut(bytes) where !piece.isEmpty {
        let size = String(piece.count, radix: 16, uppercase: pieces.next(2) == 0)
        encoded += Array("\(String(repeating: "0", count: pieces.next(3)))\(size)\r\n".utf8) + piece + [13, 10]
    }
    let trace = fuzzed(encoded + Array("0\r\n\r\n".utf8))
    require(trace.fault == nil && trace.ended == 1 && trace.bodies == [bytes], "encoding and decoding changes the body")
}
