@testable import HTTPServer

/// Addresses to ask, and what redirects make of them: the first line is the address, the rest what it refers to.
func checkAddress(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    let text = String(decoding: lines[0], as: UTF8.self)
    let reference = lines.count > 1 ? String(decoding: lines[1], as: UTF8.self) : text
    let base = ClientURL(text)
    if let base {
        checkWhole(base)
        require(base.following("") == base, "nothing leads elsewhere")
        require(base.following(base.description) == base, "its own address leads elsewhere")
    }
    for start in [base, ClientURL("https://portal.example/a/b?c=d")] {
        guard let start, let next = start.following(reference) else { continue }
        checkWhole(next)
        let isPath = reference.hasPrefix("/") && !reference.hasPrefix("//")
        if isPath || reference.hasPrefix("?") || reference.hasPrefix("#") {
            require(next.hasSameOrigin(as: start), "a path leads to another origin")
        }
    }
    _ = (SocketAddress(host: text, port: 1), AddressBlock(text))
}

/// What holds of every address that is taken.
private func checkWhole(_ url: ClientURL) {
    require(ClientURL(url.description) == url, "it reads differently the second time: \(url)")
    let isVisible = url.description.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
    require(isVisible, "a character that could end the line or the target")
    require(url.target.hasPrefix("/") && !url.target.contains("#"), "a target that is none")
    require(!url.host.isEmpty && !url.authority.contains { "@/?\\".contains($0) }, "an authority that is none")
    require(url.port > 0, "no port")
    guard let address = url.address else {
        // `localhost` is a name like any other when it is asked, and an address only where somebody listens.
        let isAddress = url.host != "localhost" && SocketAddress(host: url.host, port: url.port) != nil
        require(!isAddress, "an address that is taken for a name")
        return
    }
    require(url.host == (address.isIPv6 ? "[\(address.host)]" : address.host), "an address in an unusual form")
}
