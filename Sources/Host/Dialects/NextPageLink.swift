import PluginAPI

/// The `Link` header that leads from one page of a list to the next (RFC 8288); the bare dialect's only pagination.
enum NextPageLink {
    /// The header fields an answer gets beyond its body.
    ///
    /// - Parameters:
    ///   - path: the request's path as sent, percent-encoded.
    ///   - query: the request's query as sent, without `?`; nil or empty when there was none.
    static func headers(
        _ dialect: Dialect, _ shape: AnswerShape, origin: String, path: String, query: String?
    ) -> [(name: String, value: String)] {
        guard dialect == .bare, case .page(let numbers) = shape, numbers.hasNext else { return [] }
        let url = origin + path + "?" + nextQuery(query ?? "", numbers)
        return [("Link", "<\(uriText(url))>; rel=\"next\"")]
    }

    /// The query with the number of the next page; everything else in it stays as it was.
    private static func nextQuery(_ query: String, _ numbers: PageNumbers) -> String {
        let next = "page=\(numbers.page + 1)"
        var hasPage = false
        var hasSize = false
        var parts: [String] = []
        for part in query.split(separator: "&") {
            let name = part.prefix { $0 != "=" }
            if name == "page" {
                if !hasPage { parts.append(next) }
                hasPage = true
            } else {
                hasSize = hasSize || name == "page_size"
                parts.append(String(part))
            }
        }
        if !hasPage { parts.append(next) }
        // Without a size the first page is longer than the size that a page number alone would mean.
        if !hasSize { parts.append("page_size=\(numbers.limit)") }
        return parts.joined(separator: "&")
    }

    /// Only what a URI may hold (RFC 3986 §2); anything else would end the reference or the header.
    private static func uriText(_ text: String) -> String {
        let hex = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                bytes.append(byte)
            case _ where "-._~:/?#[]@!$&'()*+,;=%".utf8.contains(byte): bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
