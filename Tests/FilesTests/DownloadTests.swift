import PluginAPI
import PluginTestKit
import Testing

@Suite struct `Downloading a file` {
    @Test func `gives any part of it, across the borders of its pieces`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let sent = picture(300_000)
            let id = await portal.upload(sent, "a.png", type: "image/png", as: ann).id
            for range in [0..<1, 65_535..<65_537, 65_536..<131_072, 131_071..<131_073, 1..<299_999, 299_999..<300_000] {
                let part = await portal.send(
                    "GET", "\(Cabinet.files)/\(id)", as: ann,
                    headers: ["Range": "bytes=\(range.lowerBound)-\(range.upperBound - 1)"])
                #expect(part.status == 206 && part.bytes == Array(sent[range]), "\(range)")
                #expect(part.headers["content-range"] == "bytes \(range.lowerBound)-\(range.upperBound - 1)/300000")
            }
            let several = await portal.send(
                "GET", "\(Cabinet.files)/\(id)", as: ann, headers: ["Range": "bytes=0-9,70000-70009"])
            #expect(several.status == 206)
            #expect(several.headers["content-type"]?.hasPrefix("multipart/byteranges") == true)
            let beyond = await portal.send(
                "GET", "\(Cabinet.files)/\(id)", as: ann, headers: ["Range": "bytes=300000-"])
            #expect(beyond.status == 416 && beyond.headers["content-range"] == "bytes */300000")
        }
    }

    @Test func `says what it is and lets nothing in it run`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let id = await portal.upload(picture(10), "a.png", type: "image/png", as: ann).id
            let read = await portal.send("GET", "\(Cabinet.files)/\(id)", as: ann)
            let tag = try #require(read.headers["etag"])
            #expect(read.headers["content-type"] == "image/png")
            #expect(read.headers["content-disposition"] == "inline; filename=\"a.png\"")
            #expect(read.headers["x-content-type-options"] == "nosniff")
            #expect(read.headers["content-security-policy"]?.hasPrefix("sandbox;") == true)
            #expect(read.headers["cache-control"] == "private, no-store")
            #expect(read.headers["accept-ranges"] == "bytes" || read.headers["accept-ranges"] == nil)
            let same = await portal.send("GET", "\(Cabinet.files)/\(id)", as: ann, headers: ["If-None-Match": tag])
            #expect(same.status == 304 && same.bytes.isEmpty)
            let head = await portal.send("HEAD", "\(Cabinet.files)/\(id)", as: ann)
            #expect(head.status == 200 && head.bytes.isEmpty && head.headers["content-length"] == "10")
            let stale = await portal.send(
                "GET", "\(Cabinet.files)/\(id)", as: ann, headers: ["Range": "bytes=0-1", "If-Range": "\"other\""])
            #expect(stale.status == 200)
            let document = await portal.upload(Array("%PDF-1.7".utf8), "b.pdf", type: "application/pdf", as: ann).id
            let saved = await portal.send("GET", "\(Cabinet.files)/\(document)", as: ann)
            #expect(saved.headers["content-disposition"] == "attachment; filename=\"b.pdf\"")
        }
    }

    @Test func `finds older versions by their number`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let id = await portal.upload(Array("one".utf8), "a.txt", as: ann).id
            let next = await portal.upload(Array("two!".utf8), "b.txt", as: ann, at: "\(Cabinet.files)/\(id)/versions")
            #expect(next.status == 201 && next.id == id, "\(next.text)")
            #expect(await portal.send("GET", "\(Cabinet.files)/\(id)", as: ann).text == "two!")
            #expect(await portal.send("GET", "\(Cabinet.files)/\(id)?version=1", as: ann).text == "one")
            #expect(await portal.send("GET", "\(Cabinet.files)/\(id)?version=3", as: ann).status == 404)
            let info = await portal.send("GET", "\(Cabinet.files)/\(id)/info", as: ann)
            #expect(info.data["version"]?.integer == 2 && info.data["name"]?.string == "b.txt", "\(info.text)")
            #expect(info.data["versions"]?.elements.map { $0["name"]?.string } == ["b.txt", "a.txt"])
            #expect(
                info.data["versions"]?[1]?["sha256"]?.string
                    == "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed")
        }
    }

    @Test func `serves what a plugin has made`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let made = await portal.send("POST", "/cabinet/reports", as: ann)
            #expect(made.status == 201 && made.data["name"]?.string == "report.pdf", "\(made.text)")
            #expect(await portal.send("GET", "\(Cabinet.files)/\(made.id)", as: ann).text == "%PDF-1.7 report")
        }
    }
}
