/// The head of an answer.
struct ResponseHead: Equatable {
    /// How the end of the content is known (RFC 9112 §6.3).
    enum Framing: Equatable {
        case none
        case length(Int)
        case chunked
        case untilClose
    }

    var status: Int
    var fields: [ClientResponse.Field]
    var framing: Framing
    /// Whether the server lets the connection live on.
    var keepsAlive: Bool
}

extension ResponseHead {
    /// Reads a whole head, which ends in an empty line and has no line break but CR LF.
    /// - Parameter isHead: The request's method was HEAD, whose answers have no content.
    init(_ bytes: [UInt8], isHead: Bool) throws(ClientError) {
        var lines = bytes.dropLast(4).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        guard let first = lines.popFirst() else { throw .malformed(.statusLine) }
        let (status, isOld) = try Self.statusLine(Self.line(first, isLast: lines.isEmpty))
        var fields: [ClientResponse.Field] = []
        for (index, line) in lines.enumerated() {
            fields.append(try Self.field(Self.line(line, isLast: index == lines.count - 1)))
        }
        self.status = status
        self.fields = fields
        let options = Self.elements(fields, "connection")
        keepsAlive = !options.contains("close") && (!isOld || options.contains("keep-alive"))
        framing = .none
        let hasContent = !isHead && status != 204 && status != 304 && status >= 200
        framing = try Self.framing(fields, isOld: isOld, hasContent: hasContent)
        if framing == .untilClose { keepsAlive = false }
    }

    /// A line without its CR; the last one has lost it already.
    private static func line(_ line: ArraySlice<UInt8>, isLast: Bool) -> ArraySlice<UInt8> {
        isLast ? line : line.dropLast()
    }

    /// `HTTP/1.1 200 OK`; the reason may be left out.
    private static func statusLine(_ line: ArraySlice<UInt8>) throws(ClientError) -> (status: Int, isOld: Bool) {
        let line = Array(line)
        guard line.count >= 12, line.starts(with: "HTTP/1.".utf8), line[7] == 48 || line[7] == 49, line[8] == 0x20,
            line[9...11].allSatisfy(ByteClass.isDigit), line[9] != 48, line.count == 12 || line[12] == 0x20,
            ByteClass.isFieldValue(line.span.extracting(droppingFirst: 12))
        else { throw .malformed(.statusLine) }
        return (line[9...11].reduce(0) { $0 * 10 + Int($1) - 48 }, line[7] == 48)
    }

    /// `name: value`.
    static func field(_ line: ArraySlice<UInt8>) throws(ClientError) -> ClientResponse.Field {
        let name = line.prefix { $0 != UInt8(ascii: ":") }
        var value = line[name.endIndex...].dropFirst()
        guard !name.isEmpty, name.endIndex < line.endIndex, name.allSatisfy(ByteClass.isToken) else {
            throw .malformed(.field)
        }
        while let byte = value.first, ByteClass.isBlank(byte) { value.removeFirst() }
        while let byte = value.last, ByteClass.isBlank(byte) { value.removeLast() }
        guard ByteClass.isFieldValue(Array(value).span) else { throw .malformed(.field) }
        return ClientResponse.Field(
            name: String(decoding: name.map(ByteClass.lowercased), as: UTF8.self),
            value: String(decoding: value, as: UTF8.self))
    }

    private static func framing(
        _ fields: [ClientResponse.Field], isOld: Bool, hasContent: Bool
    ) throws(ClientError) -> Framing {
        let codings = fields.filter { $0.name == "transfer-encoding" }
        let lengths = fields.filter { $0.name == "content-length" }
        guard codings.isEmpty || lengths.isEmpty else { throw .malformed(.length) }
        if !codings.isEmpty {
            guard !isOld, codings.count == 1, codings[0].value.lowercased() == "chunked" else {
                throw .malformed(.transferCoding)
            }
            return hasContent ? .chunked : .none
        }
        guard let first = lengths.first else { return hasContent ? .untilClose : .none }
        guard lengths.allSatisfy({ $0.value == first.value }), (1...18).contains(first.value.utf8.count),
            first.value.utf8.allSatisfy(ByteClass.isDigit), let length = Int(first.value)
        else { throw .malformed(.length) }
        return hasContent ? .length(length) : .none
    }

    /// The elements of a comma-separated field, in lower case.
    private static func elements(_ fields: [ClientResponse.Field], _ name: String) -> [String] {
        fields.filter { $0.name == name }.flatMap { field in
            field.value.lowercased().split(separator: ",").map { part in
                String(part.drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
            }
        }
    }
}
