import Testing

@testable import HTTPServer

@Suite struct `A multipart form` {
    @Test(arguments: FormCase.all)
    func `parses as expected`(_ example: FormCase) {
        #expect(FormTrace([Array(example.body.utf8)], boundary: FormCase.boundary).description == example.expected)
    }

    @Test(arguments: FormCase.all)
    func `gives the same at every split`(_ example: FormCase) {
        let bytes = Array(example.body.utf8)
        let whole = FormTrace([bytes], boundary: FormCase.boundary)
        #expect(FormTrace(bytes.map { [$0] }, boundary: FormCase.boundary) == whole)
        for split in bytes.indices {
            let pieces = [Array(bytes[..<split]), Array(bytes[split...])]
            #expect(FormTrace(pieces, boundary: FormCase.boundary) == whole, "split at \(split)")
        }
    }

    @Test func `has bounds`() {
        func fault(_ body: String, _ change: (inout MultipartLimits) -> Void) -> MultipartFault? {
            var limits = MultipartLimits()
            change(&limits)
            return FormTrace([Array(body.utf8)], boundary: FormCase.boundary, limits: limits).fault
        }
        let part = "--b0-und\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n"
        #expect(fault(part + part + "--b0-und--") { $0.parts = 2 } == nil)
        #expect(fault(part + part + part + "--b0-und--") { $0.parts = 2 } == .tooManyParts)
        #expect(fault(part + "--b0-und--") { $0.headerBytes = 41 } == .headerTooLarge)
        #expect(fault(part + "--b0-und--") { $0.headerBytes = 44 } == nil)
        for around in ["0123456789\r\n" + part + "--b0-und--", part + "--b0-und--\r\n01234567890123"] {
            #expect(fault(around) { $0.overheadBytes = 9 } == .overheadTooLarge)
            #expect(fault(around) { $0.overheadBytes = 14 } == nil)
        }
    }

    @Test func `cuts long names of files and keeps their extension`() throws {
        let long = String(repeating: "ä", count: 400)
        let body = FormCase("", FormCase.field("form-data; name=a; filename=\"\(long).pdf\""), "").body
        let name = try #require(FormTrace([Array(body.utf8)], boundary: FormCase.boundary).parts.first?.part.fileName)
        #expect(name.utf8.count <= 255 && name.hasSuffix("ä.pdf"))
    }

    @Test(
        arguments: [
            ("multipart/form-data; boundary=abc", nil), ("Multipart/Form-Data;boundary=\"a b'()+_,-./:=?c\"", nil),
            ("multipart/form-data; charset=utf-8; boundary=x", nil),
            ("multipart/form-data", .missingBoundary), ("multipart/form-data; boundary=", .missingBoundary),
            ("multipart/form-data; boundary=\"a \"", .missingBoundary),
            ("multipart/form-data; boundary=\"a\u{7}\"", .missingBoundary),
            ("multipart/form-data; boundary=\(String(repeating: "a", count: 71))", .missingBoundary),
            ("multipart/form-data; boundary=a; boundary=b", .missingBoundary),
            ("multipart/mixed; boundary=a", .otherType), ("application/json", .otherType), ("", .otherType),
        ] as [(String, MultipartFault?)])
    func `has a boundary in its media type`(_ type: String, _ expected: MultipartFault?) {
        var fault: MultipartFault?
        do throws(MultipartFault) { _ = try MultipartBoundary(contentType: type) } catch { fault = error }
        #expect(fault == expected)
    }
}
