extension CorpusCase {
    /// Paths that lead out of where they seem to be, and the one spelling of those that do not.
    static let paths: [CorpusCase] = [
        .path("/./a", nil), .path("/../a", nil), .path("/a/..", nil), .path("/a/.", nil), .path("/..", nil),
        .path("/.", nil), .path("/a/../../etc/passwd", nil), .path("/a/..?x", nil), .path("/%2e%2e/a", nil),
        .path("/.%2E/a", nil), .path("/%2e/a", nil), .path("/a/%2e%2e", nil),
        .path("/a%2fb", nil), .path("/a%2Fb", nil), .path("/a%5cb", nil), .path("/%2e%2e%2fa", nil),
        .path("/a%00b", nil), .path("/%00", nil), .path("/a%0d%0aX:y", nil), .path("/a%7f", nil), .path("/a%1b", nil),
        .path("/a%", nil), .path("/a%2", nil), .path("/a%zz", nil), .path("/a%%41", nil), .path("/a%u0041", nil),
        .path("/...", "/..."), .path("/a.b/.c/d..", "/a.b/.c/d.."), .path("/..a/b", "/..a/b"),
        .path("/%41%62%2D%7e%30", "/Ab-~0"), .path("/a%20b", "/a%20b"), .path("/%2541", "/%2541"),
        .path("/%C3%A4", "/%C3%A4"), .path("/a;b=%3B", "/a;b=%3B"), .path("//a//b", "//a//b"),
        .path("/%41?%41%2f..", "/A?%41%2f.."),
    ]

    /// The target as the parser leaves it, or `nil` when the request is refused; then the next one is answered all the same.
    private static func path(_ target: String, _ expected: String?) -> CorpusCase {
        let next = "GET /n HTTP/1.1\r\nHost: a\r\n\r\n"
        return CorpusCase(
            "3986 §3.3, §6.2.2", "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n\(next)",
            "\(expected.map { "GET \($0)" } ?? "unsafePath"), GET /n")
    }
}
