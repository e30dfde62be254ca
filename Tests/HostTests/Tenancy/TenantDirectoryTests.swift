import PluginAPI
import Testing

@testable import Host

@Suite struct `A directory of tenants` {
    @Test func `reports every mistake of every tenant while the others serve`() throws {
        let folder = try TenantFolder()
        try folder.write("good", #"{"name":"Good","domains":["good.example"],"state":"readOnly"}"#)
        try folder.write("bad", "{\n  \"name\": 7,\n  \"zone\": \"Mars\"\n}")
        try folder.write("worse", "{\n  \"name\": \"W\"\n  \"zone\": 1\n}")
        try folder.write("Upper", #"{"name":"U"}"#)
        try folder.write("empty", file: "notes.txt", "")
        try folder.write("hidden", file: "tenant.json", #"{"name":"H"}"#)
        try folder.write(".git", #"{"name":"no tenant"}"#)
        try folder.write("good", file: "README.md", "about")
        let directory = try folder.read()
        #expect(directory.tenants.map(\.slug) == ["good", "hidden"])
        #expect(directory.tenants[0].state == .readOnly)
        #expect(directory.tenants[0].domains == ["good.example"])
        #expect(
            folder.texts(directory) == [
                "Upper: a tenant's folder must be named with \(Slug.allowed)",
                "bad/tenant.json:2:11 #/name: must be a string",
                "bad/tenant.json:3:11 #/zone: must be an IANA time zone that this system knows, such as Europe/Berlin",
                "empty/tenant.json: is missing",
                "worse/tenant.json:3:3 #: expected , or }",
            ])
        #expect(directory.hostNames.tenant(host: "GOOD.example:80") == 0)
        #expect(directory.hostNames.tenant(host: "hidden.portal.example") == 1)
        #expect(directory.hostNames.tenant(host: "bad.portal.example") == nil)
        #expect(directory.position(of: "hidden") == 1)
        #expect(directory.position(of: "bad") == nil)
        #expect(directory.folder(of: "good") == folder.path + "/good")
    }

    @Test func `cannot be read when the folder is missing`() throws {
        let folder = try TenantFolder()
        var source = folder.source()
        source.folder += "/none"
        #expect(throws: FileFault(kind: .missing, reason: "cannot be read (no such file)")) {
            try TenantDirectory(reading: source)
        }
    }

    @Test func `leaves plain files alone and refuses huge ones`() throws {
        let folder = try TenantFolder()
        try folder.write("lumen", #"{"name":"L"}"#)
        try folder.write(".", file: "README.md", "about")
        try folder.write("huge", #"{"name":"H"}"# + String(repeating: " ", count: TenantDirectory.fileLimit))
        try folder.write("folder", file: "x", "")
        try folder.write("folder/tenant.json", file: "x", "")
        let directory = try folder.read()
        #expect(directory.tenants.map(\.slug) == ["lumen"])
        #expect(
            folder.texts(directory) == [
                "folder/tenant.json: is no regular file", "huge/tenant.json: is longer than 1048576 bytes",
            ])
    }

    @Test func `gives a domain to the first that claims it, and tells both`() throws {
        let folder = try TenantFolder()
        try folder.write("beta", #"{"name":"B","domains":["shared.example","beta.portal.example"]}"#)
        try folder.write("alpha", "{\"name\":\"A\",\n\"domains\":[\"one.example\",\n \"Shared.example\"]}")
        try folder.write("gamma", #"{"name":"C","domains":["alpha.portal.example"]}"#)
        let directory = try folder.read()
        #expect(directory.tenants.map(\.slug) == ["alpha", "beta", "gamma"])
        #expect(directory.hostNames.tenant(host: "shared.example") == 0)
        #expect(directory.hostNames.tenant(host: "alpha.portal.example") == 0)
        #expect(directory.hostNames.tenant(host: "beta.portal.example") == 1)
        #expect(directory.hostNames.tenant(host: "gamma.portal.example") == 2)
        #expect(
            folder.texts(directory) == [
                "alpha/tenant.json: alpha.portal.example is also claimed by gamma; alpha serves it",
                "alpha/tenant.json:3:2 #/domains/1: shared.example is also claimed by beta; alpha serves it",
                "beta/tenant.json:1:24 #/domains/0: shared.example is also claimed by alpha, which serves it",
                "gamma/tenant.json:1:24 #/domains/0: alpha.portal.example is also claimed by alpha, which serves it",
            ])
    }

    @Test func `reloads only what changed, and a bad file takes nobody down`() throws {
        let folder = try TenantFolder()
        try folder.write("alpha", #"{"name":"A"}"#)
        try folder.write("beta", #"{"name":"B","domains":["b.example"]}"#)
        try folder.write("gamma", #"{"name":"C"}"#)
        try folder.write("delta", "{")
        let first = try folder.read()
        #expect(first.tenants.map(\.slug) == ["alpha", "beta", "gamma"])
        #expect(folder.texts(first) == ["delta/tenant.json:1:2 #: expected a member name in quotes"])

        try folder.write("alpha", #"{"name":"A2"}"#)
        try folder.write("beta", #"{"name":}"#)
        try folder.remove("gamma")
        try folder.write("epsilon", #"{"name":"E"}"#)
        let (second, reload) = try first.reloaded()
        #expect(
            reload
                == TenantReload(
                    added: ["epsilon"], changed: ["alpha"], removed: ["gamma"], broken: ["beta", "delta"], unchanged: []
                ))
        #expect(second.tenants.map(\.slug) == ["alpha", "beta", "epsilon"])
        #expect(second.tenants[0] != first.tenants[0])
        #expect(second.tenants[1] == first.tenants[1])
        #expect(second.hostNames.tenant(host: "b.example") == 1)
        #expect(second.findings.count == 2)
        let reader = folder.source().reader
        #expect(try TenantSettings(content: second.tenants[0].content, reader: reader).values.name == "A2")
        #expect(try TenantSettings(content: second.tenants[1].content, reader: reader).values.name == "B")

        // Still bad: still served, still told. Then as it was, and one that never served comes to life.
        let (third, again) = try second.reloaded()
        #expect(again == TenantReload(broken: ["beta", "delta"], unchanged: ["alpha", "epsilon"]))
        #expect(third.tenants == second.tenants)
        #expect(third.findings == second.findings)
        try folder.write("beta", #"{"name":"B","domains":["b.example"]}"#)
        try folder.write("delta", #"{"name":"D"}"#)
        let (fourth, mended) = try third.reloaded()
        #expect(mended == TenantReload(added: ["delta"], unchanged: ["alpha", "beta", "epsilon"]))
        #expect(fourth.findings == [])
    }

    @Test func `keeps a tenant whose file is missing for a while`() throws {
        let folder = try TenantFolder()
        try folder.write("lumen", #"{"name":"L"}"#)
        let first = try folder.read()
        try folder.remove("lumen/tenant.json")
        let (second, reload) = try first.reloaded()
        #expect(reload == TenantReload(broken: ["lumen"]))
        #expect(second.tenants == first.tenants)
        #expect(folder.texts(second) == ["lumen/tenant.json: is missing"])
        try folder.remove("lumen")
        #expect(try second.reloaded().reload == TenantReload(removed: ["lumen"]))
    }

    @Test func `answers on a port of its own in the demo`() throws {
        let folder = try TenantFolder()
        try folder.write("lumen", #"{"name":"L","plugins":{"chess":{}}}"#)
        let directory = try TenantDirectory(
            reading: folder.source(allowsUnknownPlugins: true, ports: [8082: "lumen", 8083: "nobody"]))
        #expect(directory.hostNames.tenant(host: "localhost:8082", localPort: 8082) == 0)
        #expect(directory.hostNames.tenant(host: "localhost:8083", localPort: 8083) == nil)
        #expect(directory.findings.map(\.weight) == [.notice])
    }

    @Test func `holds ten thousand tenants in little memory`() throws {
        let folder = try TenantFolder()
        for number in 0..<10_000 {
            try folder.write(
                "tenant-\(number)",
                """
                // Tenant \(number) of many, with as much in its file as a usual one has.
                {
                  "name": "Tenant \(number)", "domains": ["www-\(number).example"], "zone": "Europe/Berlin",
                  "languages": ["en", "de"], "cors": {"origins": ["https://app-\(number).example"]},
                  "plugins": {"visits": {"codeLength": \(4 + number % 5)}}
                }
                """)
        }
        let directory = try folder.read()
        #expect(directory.tenants.count == 10_000)
        #expect(directory.findings == [])
        #expect(directory.hostNames.count == 20_000)
        let position = try #require(directory.position(of: "tenant-4711"))
        #expect(directory.hostNames.tenant(host: "www-4711.example") == position)
        // What is kept of each: the entry, its texts, and its compact content; no decoded file.
        #expect(MemoryLayout<TenantEntry>.stride <= 72)
        let kept = directory.tenants.reduce(0) { sum, tenant in
            sum + tenant.slug.utf8.count + tenant.domains.reduce(0) { $0 + $1.utf8.count } + tenant.content.count
        }
        #expect(kept < 10_000 * 300)
        let (_, reload) = try directory.reloaded()
        #expect(reload.unchanged.count == 10_000)
    }
}
