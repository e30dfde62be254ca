import Testing

@testable import Host

@Suite struct `The name of a file` {
    @Test func `has nothing in it that is not seen`() {
        #expect(FileName.cleaned("a\u{0}b\u{7}\u{200B}\u{2028}\u{202E}c.txt", type: "text/plain") == "abc.txt")
        #expect(FileName.cleaned("\u{202E}\u{0}", type: "image/png") == "file.png")
        #expect(FileName.cleaned("x\r\nSet-Cookie: a=b\".pdf", type: "application/pdf") == "xSet-Cookie_ a=b_.pdf")
    }

    @Test func `ends as its type does`() {
        #expect(FileName.cleaned("photo.JPEG", type: "image/jpeg") == "photo.JPEG")
        #expect(FileName.cleaned("setup.exe", type: "application/pdf") == "setup.exe.pdf")
        #expect(FileName.cleaned("noending", type: "text/csv") == "noending.csv")
        #expect(FileName.cleaned("any.thing", type: "application/octet-stream") == "any.thing")
    }

    @Test func `fits, with its ending`() {
        for name in [String(repeating: "é", count: 500), String(repeating: "x", count: 500) + ".pdf"] {
            let cleaned = FileName.cleaned(name, type: "application/pdf")
            #expect(cleaned.utf8.count <= FileName.limit && cleaned.hasSuffix(".pdf"))
        }
    }
}

@Suite struct `The type of a file` {
    private func type(_ text: String, _ declared: String = "application/octet-stream", _ name: String = "x") -> String {
        ContentType.of(Array(text.utf8), declared: declared, name: name)
    }

    @Test func `is told from its bytes`() {
        let box = [UInt8](repeating: 0, count: 4)
        func media(_ brand: String) -> String {
            ContentType.of(box + Array("ftyp\(brand)".utf8), declared: "", name: "")
        }
        #expect(media("heic") == "image/heic" && media("isom") == "video/mp4" && media("qt  ") == "video/quicktime")
        #expect(type("RIFF\u{1}\u{1}\u{1}\u{1}WEBPVP8 ") == "image/webp")
        #expect(type("{\\rtf1\\ansi") == "application/rtf")
        #expect(type("BEGIN:VCALENDAR\r\n") == "text/calendar")
        #expect(type("{\"a\":1}", "application/json") == "application/json")
        #expect(type("not json", "application/json") == "text/plain")
        #expect(type("a,b\n", "text/plain", "x.csv") == "text/csv")
        #expect(type("<?xml version='1.0'?><html>") == "text/html")
        #expect(type("<?xml version='1.0'?><note/>") == "application/xml")
        #expect(type("x < y") == "text/plain" && type("") == "text/plain")
        #expect(type("half a \u{1}") == "application/octet-stream")
    }

    @Test func `of text holds when it is cut within a character`() {
        let text = Array(String(repeating: "日本語", count: 100).utf8)
        for end in 880...900 { #expect(ContentType.of(Array(text[..<end]), declared: "", name: "") == "text/plain") }
        #expect(ContentType.of(Array(text[1...]), declared: "", name: "") == "application/octet-stream")
    }

    @Test func `of an archive is told from the names in it`() {
        func entry(_ name: String, _ content: String = "") -> [UInt8] {
            var head: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + [UInt8](repeating: 0, count: 26)
            head[26] = UInt8(name.utf8.count)
            return head + Array(name.utf8) + Array(content.utf8)
        }
        func type(_ entries: [UInt8]...) -> String {
            ContentType.of(entries.flatMap { $0 }, declared: "application/zip", name: "x.zip")
        }
        let kind = "application/vnd.oasis.opendocument.text"
        #expect(type(entry("mimetype", kind), entry("content.xml")) == kind)
        let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        #expect(type(entry("[Content_Types].xml", "PK?"), entry("word/document.xml")) == word)
        #expect(type(entry("[Content_Types].xml"), entry("word/d.xml"), entry("word/vbaProject.bin")) != word)
        #expect(type(entry("word/document.xml")) == "application/zip")
        #expect(type(entry("a.txt", "hello")) == "application/zip")
    }

    @Test func `is listed by itself or by its kind`() {
        #expect(ContentType.isListed("image/png", in: ["image/*"]) && ContentType.isListed("a/b", in: ["*/*"]))
        #expect(!ContentType.isListed("image/svg+xml", in: FileSettings.standardTypes))
        #expect(!ContentType.isListed("text/html", in: FileSettings.standardTypes))
    }
}
