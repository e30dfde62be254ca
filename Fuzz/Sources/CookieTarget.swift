@testable import HTTPServer

/// Cookies of a request, in up to three fields; the first line is the name that is looked for.
func checkCookies(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)
    let cookies = RequestCookies(bytes, lines.dropFirst().map { $0.startIndex..<$0.endIndex })
    let pairs = cookies.pairs
    require(pairs.count <= RequestCookies.countLimit, "more than the most")
    for pair in pairs {
        require(
            lines.dropFirst().contains {
                $0.startIndex <= pair.name.lowerBound && pair.value.upperBound <= $0.endIndex
            },
            "a pair outside the fields")
        require(!pair.name.isEmpty && bytes[pair.name].allSatisfy(ByteClass.isToken), "a name that is no token")
        require(bytes[pair.value].allSatisfy(RequestCookies.isOctet), "a value that is none")
        require(pair.name.count + pair.value.count <= RequestCookies.pairLimit, "a pair over the limit")
        let (name, value) = (text(bytes[pair.name]), text(bytes[pair.value]))
        checkFound(cookies.find(name), name, pairs, bytes)
        checkSet(name, value)
    }
    let name = text(lines[0])
    checkFound(cookies.find(name), name, pairs, bytes)
    checkSet(name, lines.count > 1 ? text(lines[1]) : name)
    // Reading is total: ranges that are none do no harm.
    _ = RequestCookies(bytes, [0..<bytes.count + 7, bytes.count..<bytes.count + 1]).pairs
}

private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

private func checkFound(
    _ found: RequestCookies.Found, _ name: String, _ pairs: [RequestCookies.Pair], _ bytes: [UInt8]
) {
    let values = Set(pairs.filter { bytes[$0.name].elementsEqual(name.utf8) }.map { Array(bytes[$0.value]) })
    switch found {
    case .none: require(values.isEmpty, "a cookie is not found")
    case .one(let range): require(values == [Array(bytes[range])], "another cookie is found")
    case .ambiguous: require(values.count > 1, "one cookie is taken for two")
    }
}

/// What is set is what comes back, and nothing in it can end the field.
private func checkSet(_ name: String, _ value: String) {
    guard let field = SetCookie(name, value, maxAge: 60).text else { return }
    require(ByteClass.isFieldValue(Array(field.utf8).span), "a field that is none")
    let sent = Array(field.prefix { $0 != ";" }.utf8)
    let back = RequestCookies(sent, [0..<sent.count])
    guard name.utf8.count + value.utf8.count <= RequestCookies.pairLimit else { return }
    guard case .one(let range) = back.find(name) else { return require(false, "what was set does not come back") }
    require(text(sent[range]) == value, "another value comes back")
}
