extension ClientResponse {
    /// Where a redirect leads (RFC 9110 §15.4); `nil` for every other answer.
    var redirect: String? {
        [301, 302, 303, 307, 308].contains(status) ? header("location") : nil
    }
}

extension ClientRequest {
    /// Turns into the request that a redirect asks for. Another origin gets neither credentials nor cookies.
    mutating func follow(_ location: String, status: Int) throws(ClientError) {
        guard let next = url.following(location), next.isSecure || !url.isSecure else { throw .badRedirect }
        if !next.hasSameOrigin(as: url) {
            headers = headers.without(["authorization", "cookie", "proxy-authorization"])
            pinnedAddress = nil
        }
        let becomesGet = status == 303 && method != "HEAD" || (status == 301 || status == 302) && method == "POST"
        if becomesGet {
            method = "GET"
            body = nil
            upload = nil
            isIdempotent = nil
            headers = headers.without(["content-type", "content-encoding", "content-language", "content-location"])
        }
        url = next
    }
}

extension HeaderFields {
    /// The fields but those of these names.
    func without(_ names: [HeaderName]) -> HeaderFields {
        let dropped = Set(names.map(\.description))
        var kept: [UInt8] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let name = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
            if !dropped.contains(name) { kept += line + [UInt8(ascii: "\n")] }
        }
        var fields = HeaderFields()
        fields.add(encoded: kept)
        return fields
    }
}

extension SocketAddress {
    /// The same address with another port.
    func withPort(_ port: UInt16) -> SocketAddress { SocketAddress(high: high, low: low, port: port, isIPv6: isIPv6) }
}
