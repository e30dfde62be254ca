import PluginAPI
import PluginTestKit
import Testing

@Suite struct `Who may use a file` {
    private func path(_ id: String, _ more: String = "") -> String { "\(Cabinet.files)/\(id)\(more)" }

    @Test func `is its uploader while it is attached to nothing`() async throws {
        try await withPlugin(Cabinet.self, tenants: ["test", "other"]) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let boss = try await portal.somebody("OWNER", "boss@example.com")
            let id = await portal.upload([97], as: ann).id
            #expect(await portal.send("GET", path(id), as: ann).status == 200)
            for (method, more) in [
                ("GET", ""), ("GET", "/info"), ("DELETE", ""), ("GET", "/links"), ("POST", "/links"),
            ] {
                let body: JSON? = method == "POST" ? [:] : nil
                #expect(await portal.send(method, path(id, more), body, as: boss).status == 404)
                #expect(await portal.send(method, path(id, more), body).status == 401)
            }
            let foreign = try await portal.at("other").somebody("customer", "ann@example.com")
            #expect(await portal.at("other").send("GET", path(id), as: foreign).status == 404)
        }
    }

    @Test func `is whoever may read what it is attached to, as that is now`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let bob = try await portal.somebody("customer", "bob@example.com")
            let reader = try await portal.somebody("reader", "reader@example.com")
            let id = await portal.upload([97], as: ann).id
            let folder = await portal.send("POST", "/cabinet/folders", ["files": [.string(id)]], as: ann)
            #expect(folder.status == 201 && folder.data["files"]?[0]?["id"]?.string == id, "\(folder.text)")
            // Through the host's path as through the plugin's.
            for base in [Cabinet.files, "/_portico/v1/files"] {
                #expect(await portal.send("GET", "\(base)/\(id)", as: ann).status == 200)
                #expect(await portal.send("GET", "\(base)/\(id)", as: reader).status == 200)
                #expect(await portal.send("GET", "\(base)/\(id)", as: bob).status == 404)
                #expect(await portal.send("DELETE", "\(base)/\(id)", as: reader).status == 404)
            }
            let reads = await portal.audit.filter { $0.action == "file.read" }
            #expect(reads.count == 4)
            let out = await portal.send("DELETE", "/cabinet/folders/\(folder.id)/\(id)", as: ann)
            #expect(out.status == 204, "\(out.text)")
            #expect(await portal.send("GET", path(id), as: reader).status == 404)
            #expect(await portal.send("GET", path(id), as: ann).status == 200)
        }
    }

    @Test func `cannot be made somebody else by attaching another's file`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let bob = try await portal.somebody("customer", "bob@example.com")
            let mine = await portal.upload([97], as: bob).id
            let id = await portal.upload([97], as: ann).id
            for wanted in [id, "fil_none"] {
                let refused = await portal.send(
                    "POST", "/cabinet/folders", ["files": [.string(mine), .string(wanted)]], as: bob)
                #expect(refused.status == 400, "\(refused.text)")
                #expect(refused.body["error"]?["details"]?[0]?["field"]?.string == "files[1]", "\(refused.text)")
            }
            // What was attached with it is not.
            let info = await portal.send("GET", path(mine, "/info"), as: bob)
            #expect(info.data["isAttached"] == false, "\(info.text)")
            #expect(await portal.send("POST", "/cabinet/folders", ["files": [.string(id)]], as: ann).status == 201)
            #expect(await portal.send("POST", "/cabinet/folders", ["files": [.string(id)]], as: ann).status == 400)
        }
    }

    @Test func `may be people alone`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let boss = try await portal.somebody("OWNER", "boss@example.com")
            let id = await portal.upload([97], as: ann).id
            let memo: JSON = ["files": [.string(id)], "memo": true]
            #expect(await portal.send("POST", "/cabinet/folders", memo, as: ann).status == 201)
            #expect(await portal.send("GET", path(id), as: ann).status == 200)
            #expect(await portal.send("GET", path(id), as: boss).status == 404)
            #expect(await portal.send("DELETE", path(id), as: ann).status == 404)
        }
    }
}
