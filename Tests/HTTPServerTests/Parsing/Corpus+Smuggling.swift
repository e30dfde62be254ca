/// The tricks of the published catalogues, each named by where it was described. What hides a second request in the body of
/// a first must be refused before a byte of that body is believed.
extension CorpusCase {
    static let smuggling: [CorpusCase] =
        classics + transferEncodings + contentLengths + chunkTricks + hiddenHosts
        + controls.flatMap { around($0) }

    /// Linhart et al., "HTTP Request Smuggling" (2005), and Kettle, "HTTP Desync Attacks" (2019).
    private static let classics: [CorpusCase] = [
        .trick(
            "2005 two lengths", "Content-Length: 0\r\nContent-Length: 44\r\n", "GET /x HTTP/1.1\r\n\r\n",
            "malformedContentLength"),
        .trick("2019 CL.TE", "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nG", "ambiguousLength"),
        .trick(
            "2019 TE.CL", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n", "8\r\nSMUGGLED\r\n0\r\n\r\n",
            "ambiguousLength"),
        .trick(
            "2019 CL.TE, both twice",
            "Content-Length: 6\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n",
            "",
            "ambiguousLength"),
        // Kettle, "Browser-Powered Desync Attacks" (2022): a body where none is expected is still a body.
        CorpusCase(
            "2022 CL.0", "GET /g HTTP/1.1\r\nHost: a\r\nContent-Length: 23\r\n\r\nGET /hidden HTTP/1.1\r\n\r",
            "GET /g [GET /hidden HTTP/1.1\r\n\r]"),
        CorpusCase(
            "2022 TE.0", "OPTIONS /o HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nGET \r\n0\r\n\r\n",
            "OPTIONS /o [GET ]"),
        CorpusCase(
            "2005 a length in DELETE", "DELETE /d HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", "DELETE /d [x]"),
    ]

    /// Kettle 2019 (TE.TE) and the mutations of the `smuggler` tool.
    private static let transferEncodings: [CorpusCase] = [
        .te("2019 xchunked", "Transfer-Encoding: xchunked", "malformedTransferEncoding"),
        .te("2019 chunkedx", "Transfer-Encoding: chunkedx", "malformedTransferEncoding"),
        .te("2019 space before colon", "Transfer-Encoding : chunked", "malformedField"),
        .te("2019 tab before colon", "Transfer-Encoding\t: chunked", "malformedField"),
        .te("2019 a second coding", "Transfer-Encoding: chunked\r\nTransfer-Encoding: x", "malformedTransferEncoding"),
        .te("2019 a first coding", "Transfer-Encoding: x\r\nTransfer-Encoding: chunked", "unknownTransferCoding"),
        .te("2019 after a folded name", "Foo: bar\r\n Transfer-Encoding: chunked", "obsoleteFolding"),
        .te("2019 after a tab-folded name", "Foo: bar\r\n\tTransfer-Encoding: chunked", "obsoleteFolding"),
        .te("2019 after a bare LF", "X: X\nTransfer-Encoding: chunked", "bareLineBreak"),
        .te("2019 after a bare CR", "X: X\rTransfer-Encoding: chunked", "bareLineBreak"),
        .te("2019 folded value", "Transfer-Encoding:\r\n chunked", "obsoleteFolding"),
        .te("2019 folded colon", "Transfer-Encoding\r\n : chunked", "malformedField"),
        .te("2019 LF in the name", "Transfer-Encoding\n: chunked", "bareLineBreak"),
        .te("smuggler quoted", "Transfer-Encoding: \"chunked\"", "malformedTransferEncoding"),
        .te("smuggler single quotes", "Transfer-Encoding: 'chunked'", "malformedTransferEncoding"),
        .te("smuggler commas", "Transfer-Encoding: chunked,chunked", "malformedTransferEncoding"),
        .te("smuggler identity last", "Transfer-Encoding: chunked, identity", "malformedTransferEncoding"),
        .te("smuggler identity first", "Transfer-Encoding: identity, chunked", "unknownTransferCoding"),
        .te("smuggler cow", "Transfer-Encoding: cow", "malformedTransferEncoding"),
        .te("smuggler parameter", "Transfer-Encoding: chunked; a=b", "malformedTransferEncoding"),
        .te("smuggler semicolon", "Transfer-Encoding: chunked;", "malformedTransferEncoding"),
        .te("smuggler a word before", "Transfer-Encoding: x chunked", "malformedTransferEncoding"),
        .te("smuggler a NUL at the end", "Transfer-Encoding: chunked\0", "malformedField"),
        .te("smuggler two colons", "Transfer-Encoding:: chunked", "malformedTransferEncoding"),
        .te("smuggler obs-text", "Transfer-Encoding: chunk\u{c9}d", "malformedTransferEncoding"),
        .te("smuggler long s", "Tran\u{17f}fer-Encoding: chunked", "malformedField"),
        .te("smuggler Kelvin sign", "Transfer-Encoding: chun\u{212a}ed", "malformedTransferEncoding"),
        .te("smuggler case", "tRANSFER-eNCODING: ChUnKeD", "POST /t"),
        .te("smuggler tab", "Transfer-Encoding:\tchunked\t", "POST /t"),
        .te("smuggler no blank", "Transfer-Encoding:chunked", "POST /t"),
    ]

    /// Klein, "HTTP Request Smuggling in 2020", and Kettle, "HTTP/1.1 Must Die" (2025).
    private static let contentLengths: [CorpusCase] = [
        .trick("2020 junk after the name", "Content-Length abcde: 20\r\n", "", "malformedField"),
        .trick("2020 CR in the name", "Content\rLength: 20\r\n", "", "malformedField"),
        .trick("2020 a plus", "Content-Length: +20\r\n", "", "malformedContentLength"),
        .trick("2020 an apostrophe", "Content-Length: '20'\r\n", "", "malformedContentLength"),
        .trick("2020 an exponent", "Content-Length: 2e1\r\n", "", "malformedContentLength"),
        .trick("2020 an underscore", "Content-Length: 2_0\r\n", "", "malformedContentLength"),
        .trick("2020 full-width digits", "Content-Length: \u{ff12}\u{ff10}\r\n", "", "malformedContentLength"),
        .trick("2020 two in one", "Content-Length: 20, 20\r\n", "", "malformedContentLength"),
        .trick("2020 one more, empty", "Content-Length: 2\r\nContent-Length:\r\n", "ab", "malformedContentLength"),
        .trick("2020 past 64 bits", "Content-Length: 18446744073709551617\r\n", "a", "contentTooLarge"),
        .trick("2025 0.CL by a hidden name", "Content-Length\n : 7\r\n", "", "bareLineBreak"),
        .trick("2025 a space before the name", " Content-Length: 7\r\n", "", "obsoleteFolding"),
        .trick("2025 a length in Expect", "Expect: 100-continue\r\nContent-Length: 2\r\n", "ab", "POST /t [ab]"),
    ]

    /// "Funky Chunks" (2025): what one reader takes for an extension or a terminator and another does not.
    private static let chunkTricks: [CorpusCase] = [
        .chunked("2025 TERM.EXT", "2;\nxx\r\n4c\r\n0\r\n\r\n", "POST /c, malformedChunk"),
        .chunked("2025 EXT.TERM", "2;a\rb\nxx\r\n0\r\n\r\n", "POST /c, malformedChunk"),
        .chunked("2025 TERM.SPILL", "5\r\nAAAAAX2\r\n45\r\n0\r\n\r\n", "POST /c [AAAAA], malformedChunk"),
        .chunked("2025 SPILL.TERM", "5\r\nAAAAA2\r\nXX\r\n0\r\n\r\n", "POST /c [AAAAA], malformedChunk"),
        .chunked("2025 ONE.TWO", "2\r\nxx\n0\r\n\r\n", "POST /c [xx], malformedChunk"),
        .chunked("2025 ZERO.TWO", "2\r\nxx0\r\n\r\n", "POST /c [xx], malformedChunk"),
        .chunked("2025 a line ended by LF", "2\nxx\r\n0\r\n\r\n", "POST /c, malformedChunk"),
        .chunked("2025 the last line ended by LF", "0\n\r\n", "POST /c, malformedChunk"),
        .chunked("2025 trailers ended by LF", "0\r\n\n", "POST /c, malformedChunk"),
        .chunked("2025 a trailer ended by LF", "0\r\nX: y\n\r\n", "POST /c, malformedChunk"),
        .chunked("2025 a length in the trailers", "0\r\nContent-Length: 9\r\n\r\n", "POST /c"),
        .chunked("2020 an underscore", "1_0\r\n", "POST /c, malformedChunk"),
        .chunked("2020 a fraction", "1.0\r\n", "POST /c, malformedChunk"),
        .chunked("2020 full-width digits", "\u{ff11}\r\n", "POST /c, malformedChunk"),
        .chunked("2020 past 64 bits", "10000000000000001\r\na\r\n0\r\n\r\n", "POST /c, malformedChunk"),
        .chunked("2020 zeros past 64 bits", "00000000000000001\r\na\r\n0\r\n\r\n", "POST /c, malformedChunk"),
        .chunked("2020 as many zeros as fit", "0000000000000001\r\na\r\n0\r\n\r\n", "POST /c [a]"),
        .chunked("2020 a NUL after the size", "1\0\r\na\r\n0\r\n\r\n", "POST /c, malformedChunk"),
        .chunked("2020 an empty size with an extension", ";a\r\n\r\n", "POST /c, malformedChunk"),
    ]

    /// Kettle, "HTTP/1.1 Must Die" (2025), and "Cracking the Lens" (2017): a host for one reader and another for the next.
    private static let hiddenHosts: [CorpusCase] = [
        CorpusCase("2025 a hidden Host", "GET / HTTP/1.1\r\n Host: b\r\nHost: a\r\n\r\n", "obsoleteFolding"),
        CorpusCase("2025 a folded Host", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", "obsoleteFolding"),
        CorpusCase("2025 Host with a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "malformedField"),
        CorpusCase("2017 a host in the path", "GET //b/x HTTP/1.1\r\nHost: a\r\n\r\n", "GET //b/x"),
        CorpusCase("2017 a host before @", "GET @b/x HTTP/1.1\r\nHost: a\r\n\r\n", "malformedTarget"),
        CorpusCase("2017 a host behind a colon", "GET :b/x HTTP/1.1\r\nHost: a\r\n\r\n", "malformedTarget"),
        CorpusCase("2017 a password in Host", "GET / HTTP/1.1\r\nHost: a:x@b\r\n\r\n", "malformedHost"),
        CorpusCase("2017 two in one Host", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", "malformedHost"),
        CorpusCase("2017 a tab in Host", "GET / HTTP/1.1\r\nHost: a\tb\r\n\r\n", "malformedHost"),
        CorpusCase("2017 a fragment in Host", "GET / HTTP/1.1\r\nHost: a#b\r\n\r\n", "malformedHost"),
    ]

    /// The bytes that the `smuggler` tool puts around a name, a colon and a value.
    private static let controls: [Character] = ["\u{1}", "\u{4}", "\u{8}", "\u{b}", "\u{c}", "\u{1f}", "\u{7f}"]

    private static func around(_ control: Character) -> [CorpusCase] {
        let code = String(control.asciiValue ?? 0, radix: 16)
        return [
            .te("smuggler prespace-\(code)", "\(control)Transfer-Encoding: chunked", "malformedField"),
            .te("smuggler xprespace-\(code)", "X:X\(control)\r\nTransfer-Encoding: chunked", "malformedField"),
            .te("smuggler postspace-\(code)", "Transfer-Encoding\(control): chunked", "malformedField"),
            .te("smuggler midspace-\(code)", "Transfer-Encoding:\(control)chunked", "malformedField"),
            .te("smuggler endspace-\(code)", "Transfer-Encoding: chunked\(control)", "malformedField"),
        ]
    }

    private static func trick(_ name: String, _ fields: String, _ body: String, _ expected: String) -> CorpusCase {
        CorpusCase("9112 §11.2: \(name)", "POST /t HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\(body)", expected)
    }

    private static func te(_ name: String, _ field: String, _ expected: String) -> CorpusCase {
        trick(
            name, field + "\r\n", expected == "POST /t" ? "0\r\n\r\n" : "0\r\n\r\nGET /hidden HTTP/1.1\r\n\r\n",
            expected)
    }
}
