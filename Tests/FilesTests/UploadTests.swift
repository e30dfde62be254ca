import PluginAPI
import PluginTestKit
import Testing

@Suite struct `Uploading a file` {
    @Test func `answers what the contract says, in the dialect of the path`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let caller = try await portal.somebody("customer", "ann@example.com")
            let made = await portal.upload(Array("Hello".utf8), "Hello.txt", as: caller)
            #expect(made.status == 201, "\(made.text)")
            #expect(made.body["success"] == true)
            let id = try #require(made.data["id"]?.string)
            #expect(
                made.data == [
                    "id": .string(id), "name": "Hello.txt", "size": "5 B", "sizeBytes": 5, "type": "text/plain",
                    "downloadUrl": .string("/cabinet/files/\(id)"),
                ])
            let hosts = await portal.upload(Array("Hello".utf8), as: caller, at: "/_portico/v1/files")
            #expect(hosts.status == 201 && hosts.body["downloadUrl"]?.string == "/_portico/v1/files/\(hosts.id)")
            #expect(await portal.upload([1], as: .stranger).status == 401)
        }
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 131_072, 400_000])
    func `gives back every byte, whatever the size`(count: Int) async throws {
        try await withPlugin(Cabinet.self) { portal in
            let caller = try await portal.somebody("customer", "ann@example.com")
            let sent = count < 8 ? Array("x".utf8.prefix(count)) : picture(count)
            let made = await portal.upload(sent, "a.png", type: "image/png", as: caller)
            #expect(made.status == 201 && made.data["sizeBytes"]?.integer == Int64(count), "\(made.text)")
            let read = await portal.send("GET", "\(Cabinet.files)/\(made.id)", as: caller)
            #expect(read.status == 200 && read.bytes == sent)
            let last = sent.suffix(3)
            let part = await portal.send(
                "GET", "\(Cabinet.files)/\(made.id)", as: caller, headers: ["Range": "bytes=-3"])
            #expect(count == 0 ? part.status == 416 : part.bytes == Array(last))
        }
    }

    @Test func `goes by what the bytes are`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let caller = try await portal.somebody("customer", "ann@example.com")
            for (content, name, said, type, shown) in [
                (picture(100), "photo.jpg", "image/jpeg", "image/png", "photo.jpg.png"),
                (
                    Array("%PDF-1.7 …".utf8), "invoice.exe", "application/octet-stream", "application/pdf",
                    "invoice.exe.pdf"
                ),
                (Array("a;b\n1;2\n".utf8), "list.csv", "application/vnd.ms-excel", "text/csv", "list.csv"),
                (Array("plain".utf8), "x.pdf", "application/pdf", "text/plain", "x.pdf.txt"),
                (Array("run me".utf8), "run.bat", "text/plain", "text/plain", "run.bat.txt"),
                (noise(128) + Array("DICM".utf8), "scan", "application/dicom", "application/dicom", "scan.dcm"),
            ] {
                let made = await portal.upload(content, name, type: said, as: caller)
                #expect(
                    made.data["type"]?.string == type && made.data["name"]?.string == shown, "\(name): \(made.text)")
            }
            for content in [
                Array("<!DOCTYPE html><script>alert(1)</script>".utf8), Array("MZ\u{90}".utf8) + noise(50),
                Array("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".utf8), noise(5000),
                Array("\n \u{FEFF}<html>".utf8), [0x7F, 0x45, 0x4C, 0x46, 0, 0], Array("#!/bin/sh".utf8),
            ] {
                let refused = await portal.upload(content, "image.png", type: "image/png", as: caller)
                #expect(refused.status == 415 && refused.code == "UNSUPPORTED_MEDIA_TYPE", "\(refused.text)")
            }
        }
    }

    @Test func `takes a name for what it is`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let caller = try await portal.somebody("customer", "ann@example.com")
            for (name, shown) in [
                ("../../etc/passwd", "passwd.txt"), ("C:\\temp\\x.txt", "x.txt"), ("...", "file.txt"),
                ("CON.txt", "_CON.txt"),
                ("annexe\u{202E}txt.exe", "annexetxt.exe.txt"),
                ("<b>|?*.txt", "_b____.txt"),
                ("Ærlig måned 日本.txt", "Ærlig måned 日本.txt"), (" .hidden.txt. ", "hidden.txt"),
            ] {
                let made = await portal.upload(Array("text".utf8), name, as: caller)
                #expect(made.data["name"]?.string == shown, "\(name): \(made.text)")
            }
            let long = await portal.upload(Array("text".utf8), String(repeating: "å", count: 120) + ".txt", as: caller)
            let kept = long.data["name"]?.string ?? ""
            #expect(kept.utf8.count <= 200 && kept.hasSuffix("å.txt"), "\(long.text)")
            let read = await portal.send("GET", "\(Cabinet.files)/\(long.id)", as: caller)
            #expect(read.headers["content-disposition"]?.contains("filename*=UTF-8''%C3%A5") == true)
        }
    }

    @Test func `ends where the portal or the person has no more room`() async throws {
        let files: JSON = ["maxBytes": 1000, "quotaBytes": 2500, "perPersonBytes": 1800]
        try await withPlugin(Cabinet.self, tenant: ["files": files]) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let bob = try await portal.somebody("customer", "bob@example.com")
            let large = await portal.upload(picture(1001), as: ann)
            #expect(large.status == 413 && large.code == "PAYLOAD_TOO_LARGE", "\(large.text)")
            let first = await portal.upload(picture(1000), as: ann)
            #expect(first.status == 201)
            let over = await portal.upload(picture(900), as: ann)
            #expect(over.status == 413 && over.code == "STORAGE_QUOTA_EXCEEDED", "\(over.text)")
            #expect(await portal.upload(picture(800), as: ann).status == 201)
            #expect(await portal.upload(picture(800), as: bob).code == "STORAGE_QUOTA_EXCEEDED")
            #expect(await portal.upload(picture(700), as: bob).status == 201)
            #expect(await portal.send("DELETE", "\(Cabinet.files)/\(first.id)", as: ann).status == 204)
            #expect(await portal.upload(picture(900), as: bob).status == 201)
        }
    }

    @Test func `wants exactly one file`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let caller = try await portal.somebody("customer", "ann@example.com")
            let none = await portal.send("POST", Cabinet.files, form: [.field("x", "y")], as: caller)
            #expect(none.status == 400, "\(none.text)")
            let two = await portal.send(
                "POST", Cabinet.files, form: [.file("file", "a.txt", [97]), .file("file", "b.txt", [98])], as: caller)
            #expect(two.status == 400, "\(two.text)")
            let json = await portal.send("POST", Cabinet.files, ["file": "x"], as: caller)
            #expect(json.status == 415)
        }
    }

    @Test func `sent again under its key is the file that was kept`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let bob = try await portal.somebody("customer", "bob@example.com")
            let first = await portal.upload(picture(70_000), "a.png", as: ann, key: "k1")
            let again = await portal.upload(picture(70_000), "a.png", as: ann, key: "k1")
            #expect(first.status == 201 && again.status == 201 && first.data == again.data, "\(again.text)")
            #expect(await portal.upload(picture(70_001), "a.png", as: ann, key: "k1").status == 422)
            #expect(await portal.upload(picture(70_000), "b.png", as: ann, key: "k1").status == 422)
            #expect(await portal.upload(picture(70_000), "a.png", as: ann, key: "not a key").status == 400)
            // Another key, another person, another path, or none: another file.
            let others = [
                await portal.upload(picture(70_000), "a.png", as: ann, key: "k2"),
                await portal.upload(picture(70_000), "a.png", as: bob, key: "k1"),
                await portal.upload(picture(70_000), "a.png", as: ann, at: "/_portico/v1/files", key: "k1"),
                await portal.upload(picture(70_000), "a.png", as: ann),
            ]
            #expect(others.allSatisfy { $0.status == 201 })
            #expect(Set((others + [first]).map(\.id)).count == 5)
            // The same holds for versions, and for many at once.
            let path = "\(Cabinet.files)/\(first.id)/versions"
            let added = await withTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask { await portal.upload(picture(900), "c.png", as: ann, at: path, key: "v") }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(added.allSatisfy { $0.status == 201 && $0.data == added.first?.data })
            let known = await portal.send("GET", "\(Cabinet.files)/\(first.id)/info", as: ann)
            #expect(known.data["versions"]?.elements.count == 2, "\(known.text)")
            // What came again is not on the disk.
            let used = await portal.send("GET", "\(Cabinet.files)/\(first.id)", as: ann).bytes
            #expect(used == picture(900))
        }
    }
}
