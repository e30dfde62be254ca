import PluginTestKit
import Testing

@testable import MedicalOpinion

@Suite struct `A code on an opinion` {
    @Test func `is told from forged ones by anybody, with nothing medical and nothing of the patient`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal)
            let version = try #require(try await made.versions().first)
            let code = try #require(version["code"]?.string)
            #expect(code.wholeMatch(of: /([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]{4}/) != nil)
            let answer = await portal.send("GET", "/v1/portal/opinions/verify?code=\(code)")
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.body["data"]?["genuine"] == true)
            #expect(answer.body["data"]?["signedBy"] == "Sarah Johnson")
            #expect(answer.body["data"]?["caseNumber"] == .string(made.number))
            #expect(answer.body["data"]?["contentSha256"] == version["contentSha256"])
            #expect(answer.body["data"]?["addenda"] == 0)
            let page = await portal.send("GET", "/verify?code=\(code.lowercased())", headers: ["Accept": "text/html"])
            #expect(page.status == 200)
            #expect(page.text.contains("This code is genuine."))
            #expect(page.text.contains("Sarah Johnson"))
            for secret in ["John Doe", "Doe", "ardiolog", "surgery", "plaque", "operation"] {
                #expect(!page.text.contains(secret), "\(secret)")
                #expect(!answer.text.contains(secret), "\(secret)")
            }
            let file = await portal.send("GET", made.path + "/opinion.pdf", as: made.john)
            let known = await portal.send("GET", "/v1/portal/opinions/verify?code=\(code)")
            #expect(known.body["data"]?["documentSha256"]?.string == (try Oracle.sha256(file.bytes)))
            #expect(portal.faults == [])
        }
    }

    @Test func `is answered in one way when it is wrong, however it is wrong`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal)
            let code = try #require(try await made.versions().first?["code"]?.string)
            let last = code.hasSuffix("7") ? "8" : "7"
            var answers: Set<String> = []
            for wrong in [
                String(code.dropLast()) + last, String(code.dropLast()), "x", "%3Cscript%3E", "00000000000000000000",
            ] {
                let answer = await portal.send("GET", "/v1/portal/opinions/verify?code=\(wrong)")
                #expect(answer.status == 404)
                answers.insert(answer.body["error"]?["message"]?.string ?? "")
                let page = await portal.send("GET", "/verify?code=\(wrong)", headers: ["Accept": "text/html"])
                #expect(page.status == 404)
                #expect(page.text.contains("name=\"code\"") && page.text.contains("No opinion of this portal"))
                #expect(!page.text.contains("<script"))
            }
            #expect(answers.count == 1)
            let empty = await portal.send("GET", "/verify", headers: ["Accept": "text/html"])
            #expect(empty.status == 200 && empty.text.contains("name=\"code\""))
        }
    }

    @Test func `says that a newer version exists`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            let made = try await SignedCase.made(in: portal)
            try await made.add("Take the stairs.")
            let codes = try await made.versions().compactMap { $0["code"]?.string }
            for (code, isOld) in zip(codes, [true, false]) {
                let answer = await portal.send("GET", "/v1/portal/opinions/verify?code=\(code)")
                #expect(answer.body["data"]?["newestVersion"] == 2)
                #expect(answer.body["data"]?["addenda"] == 1)
                let page = await portal.send("GET", "/verify?code=\(code)", headers: ["Accept": "text/html"])
                #expect(page.text.contains("A newer version exists") == isOld)
            }
        }
    }

    @Test func `can be asked about so often, and no oftener`() async throws {
        try await withPlugin(MedicalOpinion.self) { portal in
            for path in ["/v1/portal/opinions/verify?code=x", "/verify?code=x"] {
                var statuses: [Int] = []
                for _ in 0..<31 {
                    statuses.append(await portal.send("GET", path, headers: ["Accept": "text/html, */*"]).status)
                }
                #expect(statuses.prefix(30).allSatisfy { $0 == 404 })
                #expect(statuses.last == 429)
            }
        }
    }

    @Test(arguments: ["o", "O", "0"]) func `is read with what people mistake for another letter`(zero: String) {
        let typed = "7K3M \(zero)QXA–il11 zzzz-2345"
        #expect(OpinionCode(typed: typed)?.text == "7K3M-0QXA-1111-ZZZZ-2345")
    }

    @Test(arguments: ["", "U", "7K3M-0QXA-1111-ZZZZ-234", "7K3M-0QXA-1111-ZZZZ-234U", "7K3M-0QXA-1111-ZZZZ-23456"])
    func `is none where a letter is missing, too much or of another alphabet`(typed: String) {
        #expect(OpinionCode(typed: typed) == nil)
    }

    @Test func `is another one each time`() {
        #expect(Set((0..<1000).map { _ in OpinionCode.make().text }).count == 1000)
    }
}
