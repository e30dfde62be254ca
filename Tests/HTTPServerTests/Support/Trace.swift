@testable import HTTPServer

/// What a parser made of some bytes, in a form that does not depend on how they were cut.
struct Trace: Equatable, CustomStringConvertible {
    var heads: [RequestHead] = []
    var bodies: [[UInt8]] = []
    var ended = 0
    var fault: HTTPFault?

    /// `GET /a`, `POST /b [body]`, … and the fault.
    var description: String {
        var lines = zip(heads, bodies).map { head, body in
            if let fault = head.fault { return "\(fault)" }
            let target = Self.target(head)
            let method = String(decoding: head.bytes[head.methodRange], as: UTF8.self)
            return "\(method) \(target)" + (body.isEmpty ? "" : " [\(String(decoding: body, as: UTF8.self))]")
        }
        if ended < heads.count, fault == nil { lines.append("…") }
        if let fault { lines.append("\(fault)") }
        return lines.joined(separator: ", ")
    }

    /// The target as it stands in the head, less the gap that undone escapes leave.
    private static func target(_ head: RequestHead) -> String {
        let line = String(decoding: head.bytes, as: UTF8.self).split(separator: "\r\n")[0].split(separator: " ")
        return line.dropFirst().dropLast().joined()
    }

    /// Feeds the pieces one after the other.
    static func of(_ pieces: [ArraySlice<UInt8>], limits: RequestLimits = RequestLimits()) -> Trace {
        var parser = RequestParser(limits: limits)
        var trace = Trace()
        for piece in pieces {
            let bytes = Array(piece)
            var position = 0
            feeding: while true {
                switch parser.next(bytes.span, at: &position) {
                case .needsMore: break feeding
                case .head(let head):
                    trace.heads.append(head)
                    trace.bodies.append([])
                case .body(let range): trace.bodies[trace.bodies.count - 1] += bytes[range]
                case .end: trace.ended += 1
                case .fault(let fault):
                    trace.fault = fault
                    return trace
                }
            }
        }
        return trace
    }
}
