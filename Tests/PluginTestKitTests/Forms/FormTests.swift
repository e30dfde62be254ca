import PluginTestKit
import Testing

@Suite struct `A form of a plugin` {
    private static let good: [FormPart] = [
        .field("case", "7"), .field("title", " Größe "),
        .file("file", "C:\\papers\\x.pdf", [1, 2, 3], type: "application/pdf"),
    ]

    private static func replacing(_ name: String, _ part: FormPart?) -> [FormPart] {
        good.filter { $0.name != name } + (part.map { [$0] } ?? [])
    }

    /// `field CODE` of each mistake, in order.
    private static func mistakes(_ answer: PluginTestKit.Answer) -> [String] {
        (answer.body["error"]?["details"]?.elements ?? []).map {
            "\($0["field"]?.string ?? "") \($0["code"]?.string ?? "")"
        }.sorted()
    }

    @Test func `is decoded by the schema of its route`() async throws {
        try await withPlugin(Papers.self) { portal in
            let answer = await portal.send("POST", "/papers", form: Self.good)
            #expect(answer.status == 201, "\(answer.text)")
            #expect(
                answer.body["data"] == [
                    "case": 7, "title": "Größe", "description": nil, "name": "x.pdf", "size": 3, "sum": 6,
                ])
            let empty = Self.good + [.field("description", "")]
            #expect(await portal.send("POST", "/papers", form: empty).body["data"]?["description"] == JSON.null)
            // Beyond what is kept in memory.
            let large = Self.replacing("file", .file("file", "y", [UInt8](repeating: 1, count: 400_000), type: "a/b"))
            #expect(await portal.send("POST", "/papers", form: large).body["data"]?["sum"] == 400_000)
            #expect(
                await portal.send("GET", "/papers").body["data"] == [
                    ["text": "x.pdf application/pdf 6"], ["text": "x.pdf application/pdf 6"], ["text": "y a/b 400000"],
                ])
        }
    }

    @Test func `is refused with every mistake`() async throws {
        try await withPlugin(Papers.self) { portal in
            let nothing = await portal.send("POST", "/papers", form: [.field("other", "1"), .file("extra", "x", [1])])
            #expect(nothing.status == 400)
            #expect(
                Self.mistakes(nothing) == [
                    "case MISSING_REQUIRED_FIELD", "extra UNKNOWN_FIELD", "file MISSING_REQUIRED_FIELD",
                    "other UNKNOWN_FIELD", "title MISSING_REQUIRED_FIELD",
                ])
            for (parts, expected) in [
                (Self.replacing("case", .field("case", "x")), ["case INVALID_TYPE"]),
                (Self.replacing("title", .field("title", String(repeating: "x", count: 101))), ["title TOO_LONG"]),
                (Self.replacing("title", .file("title", "x", [1])), ["title INVALID_TYPE"]),
                (Self.replacing("file", .field("file", "text")), ["file INVALID_TYPE"]),
                // What a browser sends when no file was chosen.
                (Self.replacing("file", .file("file", "", [])), ["file MISSING_REQUIRED_FIELD"]),
                (Self.good + [.file("file", "z", [1])], ["file NOT_ALLOWED"]),
                (Self.good + [.field("case", "8")], ["case INVALID_TYPE"]),
                (Self.good + [.field("title[x]", "8")], ["title INVALID_TYPE", "title INVALID_TYPE"]),
                (Self.good + [.field("description", String(repeating: "x", count: 300_000))], ["description TOO_LONG"]),
            ] {
                let answer = await portal.send("POST", "/papers", form: parts)
                #expect(answer.status == 400 && Self.mistakes(answer) == expected, "\(answer.text)")
            }
            #expect(await portal.send("GET", "/papers").body["data"] == [])
        }
    }

    @Test func `is refused when it is none`() async throws {
        try await withPlugin(Papers.self) { portal in
            let json = await portal.send("POST", "/papers", ["case": 7])
            #expect(json.status == 415 && json.code == "UNSUPPORTED_MEDIA_TYPE")
            for (type, body) in [
                ("multipart/form-data", "--x--"), ("multipart/form-data; boundary=x", "--x\r\n"),
                ("multipart/form-data; boundary=x", "--x\r\n\r\n\r\n--x--"),
                (
                    "multipart/form-data; boundary=x",
                    "--x\r\nContent-Disposition: form-data; name=case\r\nContent-Type: text/plain; charset=utf-16\r\n\r\n7\r\n--x--"
                ),
            ] {
                let answer = await portal.send(
                    "POST", "/papers", bytes: Array(body.utf8), headers: ["Content-Type": type])
                #expect(answer.status == 400 && answer.code == "INVALID_DATA_FORMAT", "\(answer.text)")
            }
            var parts = Self.good
            parts[1].content = [0xff]
            let text = await portal.send("POST", "/papers", form: parts)
            #expect(text.status == 400 && text.code == "INVALID_DATA_FORMAT")
        }
    }

    @Test func `has limits of its own, of the tenant and of the host`() async throws {
        try await withPlugin(Papers.self, settings: ["fileLimit": 1000]) { portal in
            let answer = await portal.send(
                "POST", "/papers", form: Self.replacing("file", .file("file", "x", [UInt8](repeating: 1, count: 1001))))
            #expect(answer.status == 413 && answer.code == "PAYLOAD_TOO_LARGE")
            #expect(Self.mistakes(answer) == ["file TOO_LONG"])
            let fits = Self.replacing("file", .file("file", "x", [UInt8](repeating: 1, count: 1000)))
            #expect(await portal.send("POST", "/papers", form: fits).status == 201)
            let many = (0..<1001).map { FormPart.field("n\($0)", "") }
            #expect(await portal.send("POST", "/papers", form: many).status == 413)
            let texts = (0..<6).map { FormPart.field("n\($0)", String(repeating: "x", count: 200_000)) }
            #expect(await portal.send("POST", "/papers", form: texts).status == 413)
        }
    }

    @Test func `takes files of the types that the field names`() async throws {
        try await withPlugin(Papers.self) { portal in
            let csv = FormPart.file("papers", "a.csv", Array("a,b".utf8), type: "text/csv")
            var excel = csv
            excel.mediaType = "Application/VND.ms-excel; charset=utf-8"
            let both = await portal.send("POST", "/papers/import", form: [csv, excel])
            #expect(both.body["data"]?["sizes"] == [3, 3])
            var other = csv
            other.mediaType = "application/pdf"
            let refused = await portal.send("POST", "/papers/import", form: [csv, other])
            #expect(refused.status == 415 && Self.mistakes(refused) == ["papers NOT_ALLOWED"])
            let four = await portal.send("POST", "/papers/import", form: [csv, csv, csv, csv])
            #expect(four.status == 400 && Self.mistakes(four) == ["papers TOO_LONG"])
        }
    }

    @Test(
        arguments: [
            [.field("reps", #"["a","b"]"#), .field("metadata", #"{"minutes":5,"skills":["x","y,z"]}"#)],
            [
                .field("reps", "a"), .field("reps", "b"), .field("metadata[minutes]", "5"),
                .field("metadata[skills]", #"["x","y,z"]"#),
            ],
            [
                .field("reps[]", "a"), .field("reps[]", "b"), .field("metadata[minutes]", "5"),
                .field("metadata[skills][1]", "y,z"), .field("metadata[skills][0]", "x"),
            ],
        ] as [[FormPart]])
    func `has lists and objects as JSON, repeated or in brackets`(_ fields: [FormPart]) async throws {
        try await withPlugin(Papers.self) { portal in
            let file = FormPart.file("papers", "a.csv", [1], type: "text/csv")
            let answer = await portal.send("POST", "/papers/import", form: [file] + fields)
            #expect(answer.body["data"]?["reps"] == ["a", "b"], "\(answer.text)")
            #expect(answer.body["data"]?["metadata"] == ["minutes": 5, "skills": ["x", "y,z"]])
        }
    }

    @Test func `names what is wrong inside of them`() async throws {
        try await withPlugin(Papers.self) { portal in
            for (name, text, expected) in [
                ("metadata", #"{"minutes":-1}"#, "metadata.minutes OUT_OF_RANGE"),
                ("metadata", "{", "metadata INVALID_METADATA"), ("metadata", "[]", "metadata INVALID_TYPE"),
                ("metadata[what]", "1", "metadata.what UNKNOWN_FIELD"),
                ("metadata[minutes]", "x", "metadata.minutes INVALID_TYPE"),
                ("metadata[skills][a]", "x", "metadata.skills INVALID_TYPE"),
                ("reps", #"["a",1]"#, "reps[1] INVALID_TYPE"), ("reps", #"["a","b","c","d"]"#, "reps TOO_LONG"),
            ] {
                let answer = await portal.send(
                    "POST", "/papers/import", form: [.file("papers", "a", [1], type: "text/csv"), .field(name, text)])
                #expect(answer.status == 400 && Self.mistakes(answer) == [expected], "\(answer.text)")
            }
        }
    }

    @Test func `is the same request again whatever its boundary`() async throws {
        try await withPlugin(Papers.self) { portal in
            let key = ["Idempotency-Key": "k-1"]
            let first = await portal.send("POST", "/papers", form: Self.good, headers: key)
            let text = """
                --other\r\nContent-Disposition: form-data; name="case"\r\n\r\n7\r\n--other\r\n\
                Content-Disposition: form-data; name="title"\r\n\r\n Größe \r\n--other\r\n\
                Content-Disposition: form-data; name="file"; filename="x.pdf"\r\nContent-Type: application/pdf\r\n\r\n\
                \u{1}\u{2}\u{3}\r\n--other--
                """
            let again = await portal.send(
                "POST", "/papers", bytes: Array(text.utf8),
                headers: key.merging(["Content-Type": "multipart/form-data; boundary=other"]) { $1 })
            #expect(first.status == 201 && again.status == 201 && again.bytes == first.bytes, "\(again.text)")
            let changed = Self.replacing("file", .file("file", "x.pdf", [1, 2, 4], type: "application/pdf"))
            #expect(await portal.send("POST", "/papers", form: changed, headers: key).status == 422)
            #expect(await portal.send("GET", "/papers").body["data"]?.elements.count == 1)
        }
    }

    @Test func `may be larger than memory should hold`() async throws {
        try await withPlugin(Papers.self) { portal in
            let file = FormPart.file("file", "big", [UInt8](repeating: 13, count: 50_000_000))
            let answer = await portal.send("POST", "/papers/large", form: [file, .field("title", "A title")])
            #expect(answer.body["data"]?["sizes"] == [50_000_000], "\(answer.text)")
            #expect(answer.body["data"]?["reps"] == ["A title", "big", "50000000"])
            let untitled = await portal.send("POST", "/papers/large", form: [file])
            #expect(Self.mistakes(untitled) == ["title MISSING_REQUIRED_FIELD"])
        }
    }

    @Test func `is what the documents say`() async throws {
        try await withPlugin(Papers.self) { portal in
            let document = await portal.send("GET", "/openapi.json").body
            let content = document["paths"]?["/papers/import"]?["post"]?["requestBody"]?["content"]
            #expect(
                content?["multipart/form-data"]?["encoding"] == [
                    "papers": ["contentType": "text/csv, application/vnd.ms-excel"]
                ])
            let schemas = document["components"]?["schemas"]
            let kept = schemas?["NewPaper"]
            #expect(kept?["required"] == ["case", "title", "file"])
            #expect(
                kept?["properties"]?["file"] == [
                    "type": "string", "contentMediaType": "application/octet-stream", "description": "The paper itself",
                ])
            #expect(schemas?["LargePaper"]?["required"] == ["title", "file"])
        }
    }

    @Test func `keeps the promises of every plugin`() async {
        let findings = await conformance(of: Papers.self) { portal in
            await portal.send("POST", "/papers", form: Self.good)
        }
        #expect(findings == [])
    }
}
