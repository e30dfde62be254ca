import Testing

@testable import HTTPServer

@Suite struct `The request corpus` {
    @Test(arguments: CorpusCase.all)
    func `parses as expected`(_ example: CorpusCase) {
        let bytes = Array(example.input.utf8)
        #expect(Trace.of([bytes[...]]).description == example.expected)
    }

    @Test(arguments: CorpusCase.all)
    func `gives the same at every split`(_ example: CorpusCase) {
        let bytes = Array(example.input.utf8)
        let whole = Trace.of([bytes[...]])
        #expect(Trace.of(bytes.indices.map { bytes[$0...$0] }) == whole)
        for split in bytes.indices where bytes.count < 4000 || split % 97 == 0 {
            #expect(Trace.of([bytes[..<split], bytes[split...]]) == whole, "split at \(split)")
        }
    }

    @Test func `is answered over a socket as the parser says`() async throws {
        let answers = try await withServer(
            { _ in },
            { _ in .body(limit: 100) { _, body in .now(.text("[\(String(decoding: body, as: UTF8.self))]")) } },
            { _, port in
                try CorpusCase.all.map { example in
                    let client = try RawClient(port)
                    // The server may refuse and close before it has been sent everything.
                    try? client.send(example.input)
                    client.finishSending()
                    return client.readTextToEnd()
                }
            })
        for (example, answer) in zip(CorpusCase.all, answers) {
            let trace = Trace.of([Array(example.input.utf8)[...]])
            var expected = zip(trace.heads, trace.bodies).prefix(trace.ended).map { head, body in
                head.fault.map { "\($0.status) \($0)!" } ?? "200 [\(String(decoding: body, as: UTF8.self))]"
            }
            if let fault = trace.fault {
                expected.append("\(fault.status) \(fault)\(trace.ended < trace.heads.count ? "!" : "")")
            }
            #expect(Self.summary(answer) == expected, "\(example.testDescription)")
        }
    }

    /// `200 [body]` of each answer.
    private static func summary(_ text: String) -> [String] {
        text.split(separator: "HTTP/1.1 ").map { answer in
            let body = answer.split(separator: "\r\n\r\n", maxSplits: 1).dropFirst().first ?? ""
            return "\(answer.prefix(3)) \(body)"
        }
    }

    @Test func `survives any mutation, whole or in pieces`() {
        var random = SplitMix(state: 20_240_229)
        let corpus = CorpusCase.all.map { Array($0.input.utf8) }.filter { $0.count < 400 }
        let interesting = Array("\r\n :;,/?#%0aAzZ\0\t\u{7f}".utf8) + [0x80, 0xff]
        for _ in 0..<20_000 {
            var bytes = corpus[Int.random(in: corpus.indices, using: &random)]
            if Bool.random(using: &random) { bytes += corpus[Int.random(in: corpus.indices, using: &random)] }
            for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = interesting[Int.random(in: interesting.indices, using: &random)]
                case 1: bytes.insert(interesting[Int.random(in: interesting.indices, using: &random)], at: index)
                default: bytes.remove(at: index)
                }
            }
            let cuts = (0..<3).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
            let pieces = [bytes[..<cuts[0]], bytes[cuts[0]..<cuts[1]], bytes[cuts[1]..<cuts[2]], bytes[cuts[2]...]]
            if Trace.of(pieces) != Trace.of([bytes[...]]) {
                Issue.record("differs when cut at \(cuts): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
                return
            }
        }
    }
}

/// A small generator, so that a failure comes again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
