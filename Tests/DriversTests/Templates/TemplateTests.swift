import Foundation
import PluginAPI
import Testing

@testable import Host

@Suite struct `Templates of a tenant` {
    private static func directory(
        _ folder: DriverFolder, allowsUnknownPlugins: Bool = false
    ) throws -> TenantDirectory {
        try TenantDirectory(
            reading: .init(
                folder: folder.path, baseDomain: "localhost",
                reader: TenantReader(
                    catalogue: PluginCatalogue([Chimes.self]), allowsUnknownPlugins: allowsUnknownPlugins)))
    }

    private static func folder(_ files: [String: String]) throws -> DriverFolder {
        let folder = try DriverFolder()
        try folder.write(#"{"name": "Lumen", "plugins": {"chimes": {}}}"#, to: "lumen/tenant.json")
        for (name, text) in files { try folder.write(text, to: "lumen/templates/\(name)") }
        return folder
    }

    private static func findings(_ files: [String: String], demo: Bool = false) throws -> [String] {
        let folder = try folder(files)
        return try directory(folder, allowsUnknownPlugins: demo).findings.map {
            $0.description.replacing(folder.path + "/lumen/templates/", with: "")
        }
    }

    @Test func `are read with the tenant`() throws {
        let folder = try Self.folder([
            "chimes/rung.email.de.txt": "Subject: Es klingelt {count}\r\n\r\nHallo,\r\n{text}\r\n",
            "chimes/rung.email.de.html": "<b>{text}</b>", "chimes/rung.sms.pt-BR.txt": "Subject: no\n{portalName}",
        ])
        let directory = try Self.directory(folder)
        #expect(directory.findings.isEmpty)
        let templates = try #require(directory.tenants.first?.templates)
        #expect(
            templates.text("rung", of: "chimes", on: .email, in: "DE")
                == .init(subject: "Es klingelt {count}", body: "Hallo,\n{text}", html: "<b>{text}</b>"))
        // Texts of channels without subjects have none.
        #expect(templates.text("rung", of: "chimes", on: .sms, in: "pt-br")?.body == "Subject: no\n{portalName}")
        #expect(templates.text("rung", of: "chimes", on: .push, in: "de") == nil)
    }

    @Test func `say what is wrong with them, with line and column`() throws {
        let found = try Self.findings([
            "chimes/rung.sms.en.txt": "Größe {text}\n ä {nam} and {nam}\n", "chimes/rung.fax.en.txt": "x",
            "chimes/rung.whatsapp.en.txt": "x", "chimes/sung.sms.en.txt": "x", "chimes/rung.sms.en": "x",
            "chimes/rung.sms.e.txt": "x", "chimes/rung.sms.en.html": "x", "chimes/rung.email.en.txt": " \n",
            "chimes/rung.push.en.txt": "Subject: \nx", "chimes/rung.email.fr.html": "<p>\n<SCRIPT>1</SCRIPT>",
            "bells/rung.sms.en.txt": "x", "portico/private.sms.en.txt": "{portalLink} {text}",
        ])
        let expected = [
            "bells/rung.sms.en.txt: bells is not a plugin of this build",
            "chimes/rung.email.en.txt: must say something",
            "chimes/rung.email.fr.html:2:1: a mail cannot hold a script",
            "chimes/rung.fax.en.txt: rung goes by sms, email, push, not by fax",
            "chimes/rung.push.en.txt:1:1: the subject must not be empty",
            "chimes/rung.sms.e.txt: e is no language tag such as en or pt-BR",
            "chimes/rung.sms.en: must be named <notice>.<channel>.<language>.txt or .html",
            "chimes/rung.sms.en.html: only mail can be HTML",
            "chimes/rung.sms.en.txt:2:15: the placeholder {nam} is not one of {text}, {count}, {portalName}, {portalLink}",
            "chimes/rung.sms.en.txt:2:5: the placeholder {nam} is not one of {text}, {count}, {portalName}, {portalLink}",
            "chimes/rung.whatsapp.en.txt: rung goes by sms, email, push, not by whatsapp",
            "chimes/sung.sms.en.txt: sung is no notice; must be one of rung",
            "portico/private.sms.en.txt:1:14: the placeholder {text} is not one of {portalName}, {portalLink}",
        ]
        #expect(found.sorted() == expected.sorted())
    }

    @Test func `of plugins that are not in this build are only mentioned in the demo`() throws {
        #expect(
            try Self.findings(["bells/rung.sms.en.txt": "x"], demo: true)
                == ["bells/rung.sms.en.txt: the plugin bells is not in this build"])
    }

    @Test func `that are not text, or too long, are mistakes`() throws {
        let folder = try Self.folder([
            "chimes/rung.sms.en.txt": String(repeating: "x", count: 70_000), "stray.txt": "x",
        ])
        try Data([0x66, 0xFF]).write(to: URL(filePath: folder.path + "/lumen/templates/chimes/rung.sms.de.txt"))
        let found = try Self.directory(folder).findings.map(\.message)
        #expect(found.contains("is not UTF-8 text") && found.contains("is longer than 65536 bytes"))
        #expect(found.contains("must be a folder: templates/<plugin>/<notice>.<channel>.<language>.txt"))
    }

    @Test func `are read again by a reload, and bad ones take no tenant down`() throws {
        let folder = try Self.folder([:])
        var directory = try Self.directory(folder)
        #expect(try directory.reloaded().reload.unchanged == ["lumen"])
        try folder.write("Ding {text}", to: "lumen/templates/chimes/rung.sms.en.txt")
        let changed = try directory.reloaded()
        #expect(changed.reload.changed == ["lumen"])
        directory = changed.directory
        #expect(try directory.reloaded().reload.unchanged == ["lumen"])
        try folder.write("Ding {nonsense}", to: "lumen/templates/chimes/rung.sms.en.txt")
        for _ in 0..<2 {
            let broken = try directory.reloaded()
            #expect(broken.reload.broken == ["lumen"] && broken.directory.findings.count == 1)
            let kept = broken.directory.tenants.first?.templates.text("rung", of: "chimes", on: .sms, in: "en")
            #expect(kept?.body == "Ding {text}")
            directory = broken.directory
        }
    }
}
