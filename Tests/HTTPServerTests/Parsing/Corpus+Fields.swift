extension CorpusCase {
    static let fields: [CorpusCase] = [
        .head("9112 §5", "GET / HTTP/1.1", "X: y\r\n", "GET /"),
        .head("9112 §5", "GET / HTTP/1.1", "X:y\r\nEmpty:\r\nBlank: \t \r\n", "GET /"),
        .head("9110 §5.5 (obs-text)", "GET / HTTP/1.1", "X: é\r\n", "GET /"),
        .head("9110 §5.5", "GET / HTTP/1.1", "X: a\tb\r\n", "GET /"),
        .head("9112 §5.1", "GET / HTTP/1.1", "X : y\r\n", "malformedField"),
        .head("9112 §5.1", "GET / HTTP/1.1", "X\t: y\r\n", "malformedField"),
        .head("9112 §5.1", "GET / HTTP/1.1", "Content-Length : 5\r\n", "malformedField"),
        .head("9112 §5", "GET / HTTP/1.1", ": y\r\n", "malformedField"),
        .head("9112 §5", "GET / HTTP/1.1", "X\r\n", "malformedField"),
        .head("9112 §5", "GET / HTTP/1.1", "X y: z\r\n", "malformedField"),
        .head("9112 §5", "GET / HTTP/1.1", "X(y): z\r\n", "malformedField"),
        .head("9112 §5", "GET / HTTP/1.1", "Xé: z\r\n", "malformedField"),
        .head("9112 §5.2", "GET / HTTP/1.1", "X: y\r\n z\r\n", "obsoleteFolding"),
        .head("9112 §5.2", "GET / HTTP/1.1", "X: y\r\n\tz\r\n", "obsoleteFolding"),
        .head("9110 §5.5", "GET / HTTP/1.1", "X: a\0b\r\n", "malformedField"),
        .head("9110 §5.5", "GET / HTTP/1.1", "X: a\u{1}b\r\n", "malformedField"),
        .head("9110 §5.5", "GET / HTTP/1.1", "X: 12345678\u{7f}\r\n", "malformedField"),
        .head("9112 §2.2", "GET / HTTP/1.1", "X: a\rb\r\n", "bareLineBreak"),
        .head("9112 §2.2", "GET / HTTP/1.1", "X: a\r\r\n", "bareLineBreak"),
        .head("9112 §2.2", "GET / HTTP/1.1", "X: a\nY: b\r\n", "bareLineBreak"),
        .head("9112 §2.2", "GET / HTTP/1.1", "\rX: a\r\n", "bareLineBreak"),
        CorpusCase("9112 §3.2", "GET / HTTP/1.1\r\n\r\n", "missingHost"),
        CorpusCase("9112 §3.2", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "repeatedHost"),
        CorpusCase("9112 §3.2", "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n", "repeatedHost"),
        CorpusCase("9112 §3.2", "GET http://b/ HTTP/1.1\r\n\r\n", "missingHost"),
        CorpusCase("9112 §3.2", "GET / HTTP/1.0\r\n\r\n", "GET /"),
        CorpusCase("9112 §3.2", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", "repeatedHost"),
        .host("", "malformedHost"), .host("a b", "malformedHost"), .host("a/b", "malformedHost"),
        .host("a,b", "malformedHost"), .host("me@a", "malformedHost"), .host("a:x", "malformedHost"),
        .host("a:65536", "malformedHost"), .host("a:000080", "malformedHost"), .host("a:-1", "malformedHost"),
        .host(":80", "malformedHost"), .host("[::1", "malformedHost"), .host("[]", "malformedHost"),
        .host("[g::1]", "malformedHost"), .host("[::1]x", "malformedHost"), .host("é", "malformedHost"),
        .host("http://a", "malformedHost"),
        .host("a:65535", "GET /"), .host("a:", "GET /"), .host("[2001:DB8::1]:80", "GET /"),
        .host("A_b.example-1.com.", "GET /"), .host("127.0.0.1", "GET /"),
        .host(String(repeating: "a", count: 255), "GET /"), .host(String(repeating: "a", count: 256), "malformedHost"),
    ]

    private static func host(_ host: String, _ expected: String) -> CorpusCase {
        CorpusCase("9110 §7.2", "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n", expected)
    }
}
