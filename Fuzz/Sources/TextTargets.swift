import PluginAPI

/// Percent-decoding: what was encoded comes out again; nothing comes out that must not.
func checkPercent(_ bytes: [UInt8]) {
    let whole = 0..<bytes.count
    for plus in [false, true] {
        if let text = PercentDecoding.text(bytes, whole, plusIsSpace: plus) {
            require(!text.utf8.contains(0), "a NUL")
            require(text.utf8.count <= bytes.count, "more came out than went in")
        }
    }
    if let pairs = PercentDecoding.query(bytes, whole) {
        require(pairs.count <= 256, "too many parameters")
        // Encoded again, the parameters are the same.
        let text = pairs.map { "\(encoded($0.name))=\(encoded($0.value))" }.joined(separator: "&")
        let again = PercentDecoding.query(Array(text.utf8), 0..<text.utf8.count) ?? []
        require(again.elementsEqual(pairs) { $0.name == $1.name && $0.value == $1.value }, "a query changed")
    }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else { return }
    let escaped = Array(encoded(text).utf8)
    require(PercentDecoding.text(escaped, 0..<escaped.count) == text, "encoding and decoding changes the text")
}

private func encoded(_ text: String) -> String {
    text.utf8.map { byte in
        let hex = String(byte, radix: 16, uppercase: byte % 2 == 0)
        return "%" + (byte < 16 ? "0" : "") + hex
    }.joined()
}

/// `Accept` and `Accept-Language`: a choice is always made, and only of what there is.
func checkNegotiation(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let accept = Accept(text)
    let types = ["application/json", "application/problem+json", "text/html", "text/html; charset=utf-8"]
    for type in types { require((0...1000).contains(accept.quality(of: type)), "a weight") }
    if let best = accept.best(of: types) {
        require(types.allSatisfy { accept.quality(of: $0) <= accept.quality(of: best) }, "not the best type")
    } else {
        require(types.allSatisfy { accept.quality(of: $0) == 0 }, "nothing, though something is wanted")
    }
    _ = (accept.prefersProblem, accept.prefersHTML, accept.admitsJSON)
    let available = ["en", "de-AT", "pt-BR", "zh-Hant"].compactMap { Language($0) }
    guard let fallback = available.first else { return }
    let language = AcceptLanguage.best(text, of: available, fallback: fallback)
    require(available.contains { $0.tag == language.tag }, "a language that is not spoken")
}
