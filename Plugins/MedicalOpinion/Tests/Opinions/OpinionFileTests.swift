import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `A signed opinion as a file` {
    @Test func `is a PDF, the same each time, for its patient and its staff`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal)
            let eve = Caller.person(try await portal.person(email: "eve@example.com", roles: ["customer"]))
            let file = await portal.send("GET", made.path + "/opinion.pdf", as: made.john)
            #expect(file.status == 200, "\(file.text)")
            #expect(file.headers["content-type"] == "application/pdf")
            #expect(file.headers["content-disposition"]?.contains("\(made.number)-v1.pdf") == true)
            #expect(file.bytes.starts(with: Array("%PDF-1.7".utf8)))
            portal.clock.advance(by: .seconds(86_400 * 30))
            let again = await portal.send("GET", made.path + "/opinion.pdf", as: made.john)
            #expect(again.bytes == file.bytes)
            let staffs = await portal.send("GET", made.staffPath + "/opinion.pdf", as: made.desk)
            #expect(staffs.bytes == file.bytes)
            #expect(await portal.send("GET", made.staffPath + "/opinion.pdf", as: made.john).status == 403)
            #expect(await portal.send("GET", made.path + "/opinion.pdf", as: eve).status == 404)
            #expect(await portal.send("GET", made.path + "/opinion/versions", as: eve).status == 404)
            #expect(await portal.send("GET", made.path + "/opinion.pdf").status == 401)
            let version = try #require(try await made.versions().first)
            #expect(version["documentSha256"]?.string == (try Oracle.sha256(file.bytes)))
            #expect(portal.faults == [])
        }
    }

    @Test func `is not there before the signature, nor in a version that nobody signed`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal, isSigned: false)
            await portal.send("PUT", made.staffPath + "/opinion", ["text": "A draft"], as: made.sarah)
            for path in [made.path, made.staffPath] {
                #expect(await portal.send("GET", path + "/opinion.pdf", as: made.desk).status == 404)
            }
            #expect(try await made.versions() == [])
            try await made.sign()
            #expect(await portal.send("GET", made.path + "/opinion.pdf", as: made.john).status == 200)
            #expect(await portal.send("GET", made.path + "/opinion.pdf?version=2", as: made.john).status == 404)
        }
    }

    @Test func `has a file and a code of its own for each addendum, chained to what was signed before`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal)
            let first = await portal.send("GET", made.path + "/opinion.pdf", as: made.john)
            try await made.add("Take the stairs.")
            let second = await portal.send("GET", made.path + "/opinion.pdf", as: made.john)
            #expect(second.bytes != first.bytes)
            let old = await portal.send("GET", made.path + "/opinion.pdf?version=1", as: made.john)
            #expect(old.bytes == first.bytes)
            let versions = try await made.versions()
            #expect(versions.map { $0["kind"] } == ["opinion", "addendum"])
            #expect(Set(versions.compactMap { $0["code"]?.string }).count == 2)
            #expect(Set(versions.compactMap { $0["contentSha256"]?.string }).count == 2)
        }
    }

    @Test func `says all of what was signed, and how it is checked`() async throws {
        try await withPlugin(MedicalOpinion.self, tenant: ["name": "Meridian"]) { portal in
            let made = try await SignedCase.made(in: portal)
            try await made.add("Take the stairs.")
            let file = await portal.send("GET", made.path + "/opinion.pdf", as: made.john)
            let shown = try Oracle.text(file.bytes)
            let code = try #require(try await made.versions().last?["code"]?.string)
            for text in [
                "Meridian", made.number, "Cardiology", "John Doe", "Is surgery needed?", "Sarah Johnson,",
                "Interventional Cardiologist", "You need no operation.", "No surgery.", "A stable plaque.",
                "Walk daily.",
                "Take the stairs.", code, "/verify",
            ] { #expect(shown.contains(text), "\(text) in \(shown)") }
            let scanned = try Oracle.codes(file.bytes)
            #expect(scanned.count == 1 && scanned.first?.hasSuffix("/verify?code=\(code)") == true, "\(scanned)")
        }
    }

    @Test func `has the digest of exactly what was signed`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal)
            let version = try #require(try await made.versions().first)
            let signedAt = try #require(version["signedAt"]?.string)
            // The statement, written out by hand as README.md says.
            let statement = """
                {"caseNumber":"\(made.number)","version":1,"kind":"opinion","professionalId":"\(made.expert.rawValue)",\
                "professionalName":"Sarah Johnson","professionalTitle":"Interventional Cardiologist",\
                "specialty":"Cardiology","question":"Is surgery needed?","text":"No surgery.",\
                "summary":"You need no operation.","findings":"A stable plaque.","recommendations":"Walk daily.",\
                "signedAt":"\(signedAt)","previous":null}
                """
            #expect(version["contentSha256"]?.string == (try Oracle.sha256(Array(statement.utf8))))
        }
    }
}
