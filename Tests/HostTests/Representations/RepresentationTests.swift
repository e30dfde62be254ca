import HTTPServer
import PluginAPI
import Testing

@testable import Host

@Suite struct `A representation` {
    private static let now = Instant(seconds: 800_000_000)
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz".utf8)

    private static func file() -> Representation {
        var headers = HeaderFields()
        headers.add(.contentType, "text/plain")
        headers.add(.contentDisposition, "inline")
        return Representation(
            .bytes(alphabet), headers: headers,
            Validators(tag: .strong(of: alphabet), lastModified: Instant(seconds: 700_000_000)))
    }

    private static func answer(_ line: String, _ fields: [String] = [], of file: Representation = file()) throws
        -> Response
    {
        switch file.selection(for: try request(line, fields), now: now) {
        case .answer(let response): return response
        case .refused(let problem, let headers): return Response(status: problem.status, headers: headers)
        }
    }

    private static func text(_ response: Response) -> String? {
        guard case .bytes(let bytes) = response.body else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `is answered whole, and says that parts can be had`() throws {
        let answer = try Self.answer("GET /")
        #expect(answer.status == 200)
        #expect(Self.text(answer)?.count == 26)
        #expect(answer.headers.values(.contentType) == ["text/plain"])
        #expect(answer.headers.values(.acceptRanges) == ["bytes"])
        #expect(answer.headers.values(.etag) == [EntityTag.strong(of: Self.alphabet).text])
        #expect(answer.headers.values(.lastModified) == ["Sat, 07 Mar 1992 20:26:40 GMT"])
        #expect(answer.headers.values(.contentDisposition) == ["inline"])
    }

    @Test func `is answered in part`() throws {
        let answer = try Self.answer("GET /", ["range: bytes=2-4"])
        #expect(answer.status == 206)
        #expect(Self.text(answer) == "cde")
        #expect(answer.headers.values(.contentRange) == ["bytes 2-4/26"])
        #expect(answer.headers.values(.contentType) == ["text/plain"])
        #expect(answer.headers.values(.etag).count == 1)
        #expect(Self.text(try Self.answer("GET /", ["range: bytes=-3"])) == "xyz")
    }

    @Test func `is answered in several parts`() throws {
        let answer = try Self.answer("GET /", ["range: bytes=0-1, 24-"])
        #expect(answer.status == 206)
        #expect(answer.headers.values(.contentRange) == [])
        let type = try #require(answer.headers.values(.contentType).first)
        #expect(type.hasPrefix("multipart/byteranges; boundary="))
        let boundary = type.dropFirst("multipart/byteranges; boundary=".count)
        #expect(
            Self.text(answer) == """
                --\(boundary)\r\ncontent-type: text/plain\r\ncontent-range: bytes 0-1/26\r\n\r\nab\r\n\
                --\(boundary)\r\ncontent-type: text/plain\r\ncontent-range: bytes 24-25/26\r\n\r\nyz\r\n--\(boundary)--\r\n
                """)
    }

    @Test func `is refused past its end, with its length`() throws {
        let answer = try Self.answer("GET /", ["range: bytes=26-"])
        #expect(answer.status == 416)
        #expect(answer.headers.values(.contentRange) == ["bytes */26"])
    }

    @Test(arguments: [
        ("HEAD /", ["range: bytes=0-1"]), ("GET /", ["range: lines=0-1"]), ("GET /", ["range: bytes=1-0"]),
        ("GET /", ["range: bytes=0-1", "range: bytes=3-4"]), ("GET /", ["range: bytes=0-1", "if-range: \"other\""]),
    ]) func `is answered whole where the range does not count`(_ line: String, _ fields: [String]) throws {
        let answer = try Self.answer(line, fields)
        #expect(answer.status == 200)
        #expect(Self.text(answer)?.count == 26)
    }

    @Test func `is answered in part when If-Range names it, and conditions come before ranges`() throws {
        let tag = EntityTag.strong(of: Self.alphabet).text
        #expect(try Self.answer("GET /", ["range: bytes=0-1", "if-range: \(tag)"]).status == 206)
        #expect(try Self.answer("GET /", ["range: bytes=0-1", "if-none-match: \(tag)"]).status == 304)
        #expect(try Self.answer("GET /", ["range: bytes=99-", "if-match: \"x\""]).status == 412)
    }

    @Test func `that has not changed is not sent again`() throws {
        let answer = try Self.answer("GET /", ["if-modified-since: Sat, 07 Mar 1992 20:26:40 GMT"])
        #expect(answer.status == 304)
        #expect(Self.text(answer) == nil)
        #expect(answer.headers.values(.etag).count == 1)
        #expect(answer.headers.values(.contentType) == [])
    }

    @Test func `without ranges is answered whole`() throws {
        var file = Self.file()
        file.hasRanges = false
        let answer = try Self.answer("GET /", ["range: bytes=0-1"], of: file)
        #expect(answer.status == 200)
        #expect(answer.headers.values(.acceptRanges) == [])
    }

    @Test func `is written by its source, part by part`() async throws {
        let content = SeekableContent.source(length: Self.alphabet.count) { range, writer in
            // In pieces, as a file is read.
            for index in range { try await writer.write([Self.alphabet[index]]) }
        }
        let file = Representation(content, headers: HeaderFields(), Validators())
        var configuration = ServerConfiguration()
        configuration.loops = 1
        configuration.drainGrace = .zero
        let server = try Server(configuration: configuration, responder: Serving(file: file))
        let client = WebClient(port: try #require(try server.start().first).address.port)
        let part = try await client.send("GET", "/", host: "a", ["Range: bytes=1-3"], nil)
        #expect(part.status == 206 && part.text == "bcd")
        let parts = try await client.send("GET", "/", host: "a", ["Range: bytes=0-1,-2"], nil)
        #expect(parts.text.contains("\r\n\r\nab\r\n--") && parts.text.contains("\r\n\r\nyz\r\n--"))
        #expect(try await client.send("GET", "/", host: "a", [], nil).text.count == 26)
        await server.drain()
    }

    private struct Serving: Responder {
        let file: Representation

        func receive(_ request: Request) -> Reception {
            switch file.selection(for: request, now: .epoch) {
            case .answer(let response): .answer(response)
            case .refused(let problem, let headers): .answer(Response(status: problem.status, headers: headers))
            }
        }

        func refuse(_ fault: HTTPFault, _ request: Request?) -> Response { Response(status: fault.status) }
    }
}
