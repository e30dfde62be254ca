@testable import HTTPServer

private struct Trace: Equatable {
    var parts: [MultipartPart] = []
    var contents: [[UInt8]] = []
    var fault: MultipartFault?

    init(_ pieces: [[UInt8]], _ boundary: MultipartBoundary) {
        var limits = MultipartLimits()
        limits.parts = 50
        limits.overheadBytes = 500
        limits.headerBytes = 300
        var parser = MultipartParser(boundary: boundary, limits: limits)
        for bytes in pieces {
            var position = 0
            feeding: while true {
                switch parser.next(bytes.span, at: &position) {
                case .needsMore:
                    require(position == bytes.count, "input is left over")
                    break feeding
                case .part(let part):
                    parts.append(part)
                    contents.append([])
                case .data(let range):
                    require(!range.isEmpty && range.upperBound <= bytes.count, "a range outside the input")
                    contents[contents.count - 1] += bytes[range]
                case .held(let held): contents[contents.count - 1] += held
                case .partEnd, .end: continue
                case .fault(let found):
                    fault = found
                    require(parser.next(bytes.span, at: &position) == .fault(found), "a fault does not stay")
                    return
                }
            }
        }
        fault = parser.faultAtEnd
    }
}

/// Multipart forms: any bytes, and what was encoded comes out again.
func checkMultipart(_ bytes: [UInt8]) {
    let boundary: MultipartBoundary
    do { boundary = try MultipartBoundary(contentType: "multipart/form-data; boundary=b0") } catch {
        fatalError("\(error)")
    }
    var pieces = Pieces(for: bytes)
    let whole = Trace([bytes], boundary)
    require(Trace(pieces.cut(bytes), boundary) == whole, "it depends on how the bytes are cut")
    for part in whole.parts {
        require(!part.name.isEmpty, "a part without a name")
        if let name = part.fileName {
            require(name.utf8.count <= 255 && !name.contains("/") && !name.contains("\\"), "a file's name")
            require(!name.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }, "a control character")
            require(name != ".." && name != ".", "a folder")
        }
    }
    // What holds a delimiter cannot be sent under it.
    let marked = [13, 10] + bytes
    let delimiter = Array("\r\n--b0".utf8)
    if marked.indices.contains(where: { marked[$0...].starts(with: delimiter) }) { return }
    let head = Array("--b0\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n".utf8)
    let encoded = head + bytes + delimiter + Array("\r\n".utf8) + head.dropFirst(6) + delimiter + Array("--\r\n".utf8)
    let form = Trace(pieces.cut(encoded), boundary)
    require(form.fault == nil && form.contents == [bytes, []], "encoding and decoding changes the content")
    // The media type itself.
    _ = try? MultipartBoundary(contentType: String(decoding: bytes, as: UTF8.self))
    _ = try? MultipartBoundary(contentType: "multipart/form-data; " + String(decoding: bytes, as: UTF8.self))
}
