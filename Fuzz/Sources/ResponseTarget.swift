@testable import HTTPServer

private struct Trace: Equatable {
    var head: ResponseHead?
    var body: [UInt8] = []
    var end: ResponseParser.Event?
    /// Bytes after the answer.
    var left = 0

    init(_ pieces: [[UInt8]], isHead: Bool) {
        var parser = ResponseParser(isHead: isHead, headLimit: 600)
        for (index, bytes) in pieces.enumerated() {
            var position = 0
            feeding: while true {
                let before = position
                switch parser.next(bytes.span, at: &position) {
                case .needsMore:
                    require(position == bytes.count, "input is left over")
                    break feeding
                case .head(let found):
                    require(head == nil, "two heads")
                    head = found
                case .body(let range):
                    require(!range.isEmpty && range.lowerBound >= before && range.upperBound == position, "a range")
                    body += bytes[range]
                case .end:
                    end = .end
                    left = pieces[(index + 1)...].reduce(bytes.count - position) { $0 + $1.count }
                    return
                case .failed(let error):
                    end = .failed(error)
                    require(parser.next(bytes.span, at: &position) == .failed(error), "a failure does not stay")
                    return
                }
            }
        }
        end = parser.finish()
    }
}

/// Answers of somebody else's server: head, fields, framing and chunks.
func checkResponse(_ bytes: [UInt8]) {
    for isHead in [false, true] {
        var pieces = Pieces(for: bytes)
        let whole = Trace([bytes], isHead: isHead)
        require(Trace(pieces.cut(bytes), isHead: isHead) == whole, "it depends on how the bytes are cut")
        require(whole.body.count + whole.left <= bytes.count, "more content than was sent")
        guard let head = whole.head else {
            require(whole.end != .end, "an answer without a head")
            continue
        }
        require((200...999).contains(head.status), "a status that is none")
        for field in head.fields {
            require(!field.name.isEmpty && field.name.utf8.allSatisfy(ByteClass.isToken), "a field's name")
            require(!field.value.utf8.contains { $0 == 10 || $0 == 13 || $0 == 0 }, "a field's value")
        }
        guard whole.end == .end else { continue }
        switch head.framing {
        case .none: require(whole.body.isEmpty, "content that was not declared")
        case .length(let length): require(whole.body.count == length, "the content's length")
        case .chunked: break
        case .untilClose: require(whole.left == 0 && !head.keepsAlive, "something after the end")
        }
    }
}
