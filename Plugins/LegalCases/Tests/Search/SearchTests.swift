import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `Search of documents` {
    private func found(_ firm: DocumentFirm, _ words: String, as caller: Caller? = nil) async -> [String] {
        let list = await firm.portal.send(
            "GET", "/api/staff/documents/?search=\(words)", as: caller ?? firm.attorney)
        #expect(list.status == 200, "\(list.text)")
        return list.body.elements.compactMap { $0["title"]?.string }
    }

    @Test func `finds words of title, description and text, and beginnings of the last one`() async throws {
        try await withDocumentFirm { firm in
            await firm.upload("The tenant shall pay rent in Café Müller.", title: "Lease")
            await firm.upload(
                "<p>Closing <b>bal</b>ance</p><script>hidden</script>", title: "Statement", name: "s.html",
                type: "text/plain", [.field("description", "From the bank")])
            #expect(await found(firm, "tenant+rent") == ["Lease"])
            #expect(await found(firm, "ten") == ["Lease"])
            #expect(await found(firm, "ten%20") == [])
            #expect(await found(firm, "cafe%20muller") == ["Lease"])
            #expect(await found(firm, "BANK") == ["Statement"])
            #expect(await found(firm, "statement%20lease") == [])
            #expect(await found(firm, "%22%20OR%20*") == [])
            #expect(await found(firm, "scope:m1%20OR%20lease") == [])
            #expect(await found(firm, "tenant", as: firm.outsider) == [])
            #expect(await found(firm, "tenant", as: firm.admin) == ["Lease"])
            await firm.portal.send(
                "PATCH", "/api/staff/documents/1/", ["title": "Rental agreement"], as: firm.attorney)
            #expect(await found(firm, "lease") == [])
            #expect(await found(firm, "agreement%20tenant") == ["Rental agreement"])
        }
    }

    @Test func `is kept to cases when the words stand in many`() async throws {
        try await withDocumentFirm { firm in
            let other = try await DocumentFirm.addCase(
                "Other", of: firm.record, team: [], firm.portal, as: firm.admin)
            for number in 0..<5 { await firm.upload("common", title: "Other \(number)", to: other, as: firm.admin) }
            await firm.upload("common", title: "Mine")
            #expect(await found(firm, "common") == ["Mine"])
            #expect(await found(firm, "common&case=\(firm.matter)", as: firm.admin) == ["Mine"])
            #expect(await found(firm, "common", as: firm.admin).count == 6)
            #expect(await found(firm, "common&page_size=2&page=2", as: firm.admin) == ["Other 3", "Other 2"])
        }
    }
}

@Suite struct `Words of files` {
    @Test func `are read by their encoding and without markup`() {
        let text = "Übung"
        #expect(SearchedText.text(Array(text.utf8), mediaType: "text/plain") == text)
        var little: [UInt8] = [0xFF, 0xFE]
        var big: [UInt8] = [0xFE, 0xFF]
        for unit in text.utf16 {
            little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
            big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        }
        #expect(SearchedText.text(little, mediaType: "text/plain") == text)
        #expect(SearchedText.text(big, mediaType: "text/plain") == text)
        #expect(SearchedText.text([0xFF, 0xFE, 0x41], mediaType: "text/plain") == "")
        #expect(SearchedText.text([0x41, 0, 0x42], mediaType: "text/plain") == "A B")
        #expect(SearchedText.text(Array("a<b>c</b>d <".utf8), mediaType: "text/html") == "a c d  ")
        let rtf = #"{\rtf1\ansi Caf\'e9\par 5\{6\}}"#
        #expect(SearchedText.text(Array(rtf.utf8), mediaType: "application/rtf") == "   Café 5{6} ")
        for end in [#"\"#, #"\'"#, #"\'e"#, #"\u-"#] {
            _ = SearchedText.text(Array(end.utf8), mediaType: "application/rtf")
        }
    }

    @Test func `are looked for as words, whatever is typed`() {
        #expect(SearchTerms("one two").match(scope: nil) == #"{title description text} : ("one" AND "two" *)"#)
        #expect(
            SearchTerms("one t").match(scope: ["m1", "m2"])
                == #"scope : (m1 OR m2) AND {title description text} : ("one" AND "t")"#)
        #expect(SearchTerms(#"a" OR b"#).match(scope: nil)?.contains(#""a" AND "OR" AND "b""#) == true)
        #expect(SearchTerms(" \"*:( ").match(scope: nil) == nil && SearchTerms("a").match(scope: []) == nil)
    }

    @Test func `have one name for what a file is`() {
        #expect(FileWord.of(mediaType: "application/pdf", name: "x") == "PDF")
        #expect(FileWord.of(mediaType: "application/octet-stream", name: "plan.dwg") == "DWG")
        #expect(FileWord.of(mediaType: "application/octet-stream", name: "plan.a b") == "FILE")
        #expect(FileWord.of(mediaType: "x/y", name: "") == "FILE")
    }
}
