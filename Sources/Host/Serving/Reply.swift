import HTTPServer
import PluginAPI

/// An answer in its dialect, before the fields that depend on who asked.
struct Reply: Sendable {
    let status: Int
    let shape: AnswerShape
    let body: [UInt8]
    /// What an entity tag covers: the data and, where there are any, the page's numbers.
    let data: Range<Int>
    let pagination: Range<Int>?
    /// The tag, where it is known from an earlier answer with the same data.
    private let knownTag: EntityTag?

    init(_ status: Int, _ written: WrittenSuccess, _ bytes: [UInt8], tag: EntityTag? = nil) {
        knownTag = tag
        shape = written.shape
        body = bytes
        data = written.data
        pagination = written.pagination
        self.status =
            switch written.shape {
            case .empty: 204
            case .accepted: 202
            case .seeOther: 303
            case .value, .page, .content: status
            }
    }

    /// Weak, because the envelope around the data changes with every answer while the data does not.
    var tag: EntityTag {
        if let knownTag { return knownTag }
        guard let pagination else { return .weak(of: body.span.extracting(data)) }
        let tagged = Array(body[data] + body[pagination])
        return .weak(of: tagged.span)
    }

    /// Whether it is somebody else's work, such as an upload.
    var isForeign: Bool {
        if case .content(let content) = shape { content.isForeign } else { false }
    }

    /// Adds who may keep the answer (RFC 9111 §5.2.2).
    func addCaching(to headers: inout HeaderFields, isGet: Bool) {
        if isGet, case .content(let content) = shape, let seconds = content.isKeptFor {
            headers.add("cache-control", "public, max-age=\(max(0, seconds))")
        } else if isForeign {
            headers.add("cache-control: private, no-store")
        } else if isGet {
            headers.add("cache-control: private, no-cache")
        } else {
            headers.add("cache-control: no-store")
        }
    }

    /// What browsers may do with what somebody uploaded: show it, in an origin of its own where nothing runs.
    static let foreignPolicy =
        "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

    /// The body, to be stored and sent again under the same `Idempotency-Key`.
    ///
    /// - Throws: ``StoreError`` of kind `.misuse` for a stream, which a transaction cannot keep.
    func storable() throws(StoreError) -> [UInt8] {
        guard case .content(let content) = shape else { return body }
        guard case .bytes(let bytes) = content.body else {
            throw StoreError(.misuse, "a transactional handler answers with a stream; it can only answer with bytes")
        }
        return bytes
    }

    /// The fields that belong to the answer itself and are stored with it.
    func headers(_ admitted: Admitted) -> HeaderFields {
        var headers = HeaderFields()
        // Room for what every answer gets, so that it does not grow bit by bit.
        headers.reserve(512)
        switch shape {
        case .empty: break
        // What leads out of the portal is no path of it.
        case .seeOther(let path): headers.add("location", LocalPath(path)?.text ?? "/")
        case .content(let content):
            headers.add("content-type", content.mediaType)
            headers.add(
                "content-disposition", ContentDisposition.value(fileName: content.fileName, isShown: content.isShown))
            if content.isForeign { headers.add("content-security-policy", Self.foreignPolicy) }
        case .value, .accepted: headers.add(.json)
        case .page:
            headers.add(.json)
            let request = admitted.inbound.request
            for (name, value) in NextPageLink.headers(
                admitted.dialect, shape, origin: admitted.runtime.tenant.origin, path: admitted.inbound.path,
                query: request.query.map { request.string($0) })
            {
                if let name = HeaderName(name) { headers.add(name, value) }
            }
        }
        return headers
    }
}

/// `Content-Disposition` (RFC 6266).
enum ContentDisposition {
    /// `inline`, or `attachment`; with the name in ASCII and, where that loses something, in full (RFC 8187).
    static func value(fileName: String?, isShown: Bool = false) -> String {
        guard let fileName else { return "inline" }
        let kind = isShown ? "inline" : "attachment"
        let plain = String(
            fileName.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._- ".contains($0)) ? $0 : "_" })
        guard plain != fileName else { return "\(kind); filename=\"\(plain)\"" }
        var encoded = ""
        for byte in fileName.utf8 {
            let character = Character(Unicode.Scalar(byte))
            if byte < 128, character.isLetter || character.isNumber || "-._~".contains(character) {
                encoded.append(character)
            } else {
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return "\(kind); filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
    }
}
