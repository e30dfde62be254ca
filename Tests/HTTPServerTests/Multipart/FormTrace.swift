@testable import HTTPServer

/// What a form comes to, whatever pieces it arrives in.
struct FormTrace: Equatable, CustomStringConvertible {
    var parts: [(part: MultipartPart, bytes: [UInt8])] = []
    /// How many of the parts are complete.
    var complete = 0
    var fault: MultipartFault?

    init(_ pieces: [[UInt8]], boundary: MultipartBoundary, limits: MultipartLimits = MultipartLimits()) {
        var parser = MultipartParser(boundary: boundary, limits: limits)
        for piece in pieces {
            var position = 0
            reading: while true {
                switch parser.next(piece.span, at: &position) {
                case .needsMore: break reading
                case .part(let part): parts.append((part, []))
                case .data(let range): parts[parts.count - 1].bytes += piece[range]
                case .held(let bytes): parts[parts.count - 1].bytes += bytes
                case .partEnd: complete += 1
                case .end: continue
                case .fault(let fault):
                    self.fault = fault
                    return
                }
            }
        }
        fault = parser.faultAtEnd
    }

    static func == (left: FormTrace, right: FormTrace) -> Bool {
        left.complete == right.complete && left.fault == right.fault
            && left.parts.elementsEqual(right.parts) { $0.part == $1.part && $0.bytes == $1.bytes }
    }

    /// `a=1 b("x.txt" text/plain)=two`, and the fault.
    var description: String {
        var words = parts.map { entry -> String in
            let file = entry.part.fileName.map { "(\"\($0)\")" } ?? ""
            let type = entry.part.mediaType.map { "<\($0)>" } ?? ""
            return "\(entry.part.name)\(file)\(type)=\(String(decoding: entry.bytes, as: UTF8.self))"
        }
        if let fault { words.append("!\(fault)") }
        return words.joined(separator: " ")
    }
}
