import PluginAPI
import PluginTestKit
import Testing

@Suite struct `A link to a file` {
    private func link(
        _ portal: Portal, _ id: String, _ body: JSON, _ caller: PluginTestKit.Caller
    ) async throws -> (id: String, path: String) {
        let made = await portal.send("POST", "\(Cabinet.files)/\(id)/links", body, as: caller)
        #expect(made.status == 201, "\(made.text)")
        let url = try #require(made.data["url"]?.string)
        let parts = url.split(separator: "/", maxSplits: 2)
        return (made.id, "/" + String(try #require(parts.last)))
    }

    @Test func `gives one version to anybody until it ends`() async throws {
        try await withPlugin(Cabinet.self, tenants: ["test", "other"]) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let id = await portal.upload(Array("one".utf8), as: ann).id
            let (name, path) = try await link(portal, id, ["expiresIn": 3600], ann)
            _ = await portal.upload(Array("two".utf8), as: ann, at: "\(Cabinet.files)/\(id)/versions")
            #expect(await portal.send("GET", path).text == "one")
            #expect(await portal.at("other").send("GET", path).status == 404)
            for place in [0, 30, path.utf8.count - 28, path.utf8.count - 1] where place > 24 {
                var bytes = Array(path.utf8)
                bytes[place] = bytes[place] == 0x41 ? 0x42 : 0x41
                let answer = await portal.send("GET", String(decoding: bytes, as: UTF8.self))
                #expect(answer.status == 404, "\(place): \(answer.text)")
            }
            let list = await portal.send("GET", "\(Cabinet.files)/\(id)/links", as: ann)
            #expect(list.data.elements.map { $0["id"]?.string } == [name])
            portal.clock.advance(by: .seconds(3601))
            #expect(await portal.send("GET", path).status == 404)
        }
    }

    @Test func `ends when it is revoked, used up, or its file is gone`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let bob = try await portal.somebody("customer", "bob@example.com")
            let id = await portal.upload(Array("one".utf8), as: ann).id
            let (name, path) = try await link(portal, id, [:], ann)
            #expect(await portal.send("DELETE", "\(Cabinet.files)/\(id)/links/\(name)", as: bob).status == 404)
            #expect(await portal.send("GET", path).status == 200)
            #expect(await portal.send("DELETE", "\(Cabinet.files)/\(id)/links/\(name)", as: ann).status == 204)
            #expect(await portal.send("GET", path).status == 404)
            let (_, twice) = try await link(portal, id, ["maxDownloads": 2], ann)
            #expect(await portal.send("HEAD", twice).status == 200)
            let part = await portal.send("GET", twice, headers: ["Range": "bytes=0-0"])
            #expect(part.status == 200 && part.text == "one")
            #expect(await portal.send("GET", twice, headers: ["Range": "bytes=1-"]).status == 200)
            #expect(await portal.send("GET", twice).status == 404)
            let (_, last) = try await link(portal, id, [:], ann)
            #expect(await portal.send("DELETE", "\(Cabinet.files)/\(id)", as: ann).status == 204)
            #expect(await portal.send("GET", last).status == 404)
        }
    }

    @Test func `lasts no longer than the portal says`() async throws {
        try await withPlugin(Cabinet.self, tenant: ["files": ["shareDays": 2]]) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let id = await portal.upload(Array("one".utf8), as: ann).id
            let long = await portal.send(
                "POST", "\(Cabinet.files)/\(id)/links", ["expiresIn": .integer(3 * 86_400)], as: ann)
            #expect(long.status == 409 && long.code == "SHARING_NOT_ALLOWED", "\(long.text)")
            _ = try await link(portal, id, ["expiresIn": 86_400], ann)
        }
    }
}
