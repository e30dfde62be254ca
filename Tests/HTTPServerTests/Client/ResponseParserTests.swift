import Testing

@testable import HTTPServer

@Suite struct `The response parser` {
    /// What it makes of bytes given in these pieces: `200 [body]`, or the error.
    private static func trace(_ pieces: [[UInt8]], isHead: Bool = false, closes: Bool = true) -> String {
        var parser = ResponseParser(isHead: isHead, headLimit: 500)
        var text = ""
        var body: [UInt8] = []
        for piece in pieces {
            var position = 0
            feeding: while true {
                switch parser.next(piece.span, at: &position) {
                case .needsMore: break feeding
                case .head(let head): text = "\(head.status)\(head.keepsAlive ? "" : " close")"
                case .body(let range): body += piece[range]
                case .end:
                    return
                        "\(text) [\(String(decoding: body, as: UTF8.self))]\(position < piece.count ? " and more" : "")"
                case .failed(.malformed(let what)): return "malformed(\(what.rawValue))"
                case .failed(let error): return "\(error)"
                }
            }
        }
        guard closes else { return "waits" }
        if case .end = parser.finish() { return "\(text) [\(String(decoding: body, as: UTF8.self))]" }
        return "cut off"
    }

    private static let corpus: [(answer: String, meaning: String)] = [
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", "200 [abc]"),
        ("HTTP/1.1 200\r\ncontent-length:0\r\n\r\n", "200 []"),
        ("HTTP/1.1 404 Not at all found\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", "404 [x]"),
        ("HTTP/1.0 200 OK\r\n\r\nuntil the end", "200 close [until the end]"),
        ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\nContent-Length: 2\r\n\r\nab", "200 [ab]"),
        ("HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 2\r\n\r\nab", "200 close [ab]"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\nT: v\r\n\r\n",
            "200 [abc0123456789]"
        ),
        ("HTTP/1.1 204 No Content\r\n\r\n", "204 []"),
        ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "304 []"),
        (
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
            "200 [a]"
        ),
        ("HTTP/1.1 200 OK\r\nX:\r\nY: \t a b \t\r\nZ: \u{e4}\r\nContent-Length: 0\r\n\r\n", "200 []"),
        // Refused.
        ("", "cut off"), ("HTTP/1.1 200 OK\r\n", "cut off"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", "cut off"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "cut off"),
        ("\r\nHTTP/1.1 200 OK\r\n\r\n", "malformed(statusLine)"), ("<html>\r\n\r\n", "malformed(statusLine)"),
        ("ICY 200 OK\r\n\r\n", "malformed(statusLine)"), ("HTTP/2 200 OK\r\n\r\n", "malformed(statusLine)"),
        ("HTTP/1.2 200 OK\r\n\r\n", "malformed(statusLine)"), ("HTTP/1.1 20 OK\r\n\r\n", "malformed(statusLine)"),
        ("HTTP/1.1 2000 OK\r\n\r\n", "malformed(statusLine)"), ("HTTP/1.1  200 OK\r\n\r\n", "malformed(statusLine)"),
        ("HTTP/1.1 099 OK\r\n\r\n", "malformed(statusLine)"), ("HTTP/1.1 200 O\u{1}K\r\n\r\n", "malformed(statusLine)"),
        ("HTTP/1.1 200 OK\nA: b\n\n", "malformed(field)"), ("HTTP/1.1 200 OK\r\nA : b\r\n\r\n", "malformed(field)"),
        ("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n", "malformed(field)"),
        ("HTTP/1.1 200 OK\r\n: b\r\n\r\n", "malformed(field)"),
        ("HTTP/1.1 200 OK\r\nA\r\n\r\n", "malformed(field)"),
        ("HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n", "malformed(field)"),
        ("HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n", "malformed(field)"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "malformed(length)"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 3, 3\r\n\r\nabc", "malformed(length)"),
        ("HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nabc", "malformed(length)"),
        ("HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabc", "malformed(length)"),
        ("HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nabc", "malformed(length)"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc", "malformed(length)"),
        ("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "malformed(length)"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "malformed(transferCoding)"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\n", "malformed(transferCoding)"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
            "malformed(transferCoding)"
        ),
        ("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "malformed(transferCoding)"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", "malformed(chunk)"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n", "malformed(chunk)"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n", "malformed(chunk)"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n", "malformed(chunk)"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n", "malformed(chunk)"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000000000000000\r\n", "malformed(chunk)"),
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nbad trailer\r\n\r\n", "malformed(field)"),
        ("HTTP/1.1 101 Switching Protocols\r\n\r\n", "malformed(interim)"),
        (String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 9), "malformed(interim)"),
        ("HTTP/1.1 200 OK\r\nA: " + String(repeating: "x", count: 600), "headTooLarge"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + String(repeating: "T: v\r\n", count: 200),
            "headTooLarge"
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + String(repeating: "x", count: 300),
            "malformed(chunk)"
        ),
    ]

    @Test func `reads what is sound and refuses what is not, however it is cut`() {
        for (answer, meaning) in Self.corpus {
            let bytes = Array(answer.utf8)
            #expect(Self.trace([bytes]) == meaning, "\(answer.prefix(200).debugDescription)")
            #expect(Self.trace(bytes.map { [$0] }) == meaning, "\(answer.prefix(200).debugDescription)")
            let cuts = bytes.count < 200 ? Array(bytes.indices) : []
            #expect(cuts.allSatisfy { Self.trace([Array(bytes[..<$0]), Array(bytes[$0...])]) == meaning })
        }
    }

    @Test func `knows that answers to HEAD have no content, and that what follows is not theirs`() {
        let answer = Array("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n".utf8)
        #expect(Self.trace([answer], isHead: true) == "200 []")
        #expect(Self.trace([answer], closes: false) == "waits")
        #expect(Self.trace([Array("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nabHTTP".utf8)]) == "200 [a] and more")
    }
}
