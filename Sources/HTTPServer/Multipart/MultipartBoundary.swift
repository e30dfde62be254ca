/// The boundary that a form's media type names.
public struct MultipartBoundary: Sendable, Hashable {
    /// What parts are separated by: CRLF, two dashes and the boundary (RFC 2046 §5.1.1).
    let delimiter: [UInt8]

    /// Reads the value of a Content-Type field.
    ///
    /// - Throws: `otherType`, or `missingBoundary`.
    public init(contentType: String) throws(MultipartFault) {
        let bytes = Array(contentType.utf8)
        guard let field = FieldParameters(bytes.span), field.value == "multipart/form-data" else {
            // A malformed parameter is a fault of the form and not of its type.
            throw contentType.lowercased().hasPrefix("multipart/form-data") ? .missingBoundary : .otherType
        }
        guard let boundary = field["boundary"], (1...70).contains(boundary.count), boundary.last != 0x20,
            boundary.allSatisfy(Self.isAllowed)
        else { throw .missingBoundary }
        delimiter = [13, 10, 45, 45] + boundary
    }

    /// bchars.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}
