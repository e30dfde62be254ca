@testable import HTTPServer

/// What proxies say of the client: it counts only from those that are trusted, and changes nothing but what it is about.
func checkForwarded(_ bytes: [UInt8]) {
    let proxies = ["127.0.0.0/8", "10.0.0.0/8", "2001:db8::/32"].compactMap { AddressBlock($0) }
    guard let trusted = TrustedProxies(proxies), let proxy = SocketAddress(host: "127.0.0.1", port: 1),
        let stranger = SocketAddress(host: "192.0.2.77", port: 2)
    else { fatalError("the addresses are none") }
    let line = Array("GET / HTTP/1.1\r\nHost: a\r\n".utf8)
    for name in ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"] {
        let text = line + Array("\(name): ".utf8) + bytes + Array("\r\nX-Forwarded-For: 192.0.2.9\r\n\r\n".utf8)
        guard let head = head(of: text) else { continue }
        var seen = head
        require(trusted.client(of: &seen, peer: stranger).address == stranger && seen == head, "a stranger is believed")
        let client = trusted.client(of: &seen, peer: proxy)
        require(seen.bytes.count == head.bytes.count && seen.fields == head.fields, "the fields have changed")
        if let host = seen.host { require(host.upperBound <= seen.bytes.count, "a range outside the head") }
        var again = head
        require(trusted.client(of: &again, peer: proxy) == client && again == seen, "another answer the second time")
    }
}

private func head(of bytes: [UInt8]) -> RequestHead? {
    var parser = RequestParser()
    var position = 0
    guard case .head(let head) = parser.next(bytes.span, at: &position) else { return nil }
    return head
}
