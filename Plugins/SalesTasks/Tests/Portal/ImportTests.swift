import PluginTestKit
import Testing

@testable import SalesTasks

@Suite struct `Importing customers` {
    @Test func `answers as seed 004 shows, with every wrong row and why`() async throws {
        try await withCallCentre { centre in
            let csv = #"""
                name,phone,email,priority,description,city
                Ada Berg,+493055000001,ada@example.com,HIGH,Bakery,Berlin
                ,+493055000002,,,,
                Ben Carl,12345,not-an-address,URGENT,,
                Dora Eck,+49 (30) 55 000 003,,,,
                Dora Twice,+493055000003,,,,
                "Evil
                Line",+493055000004,,low,"says ""hi""",Bonn
                too,few
                """#
            let answer = await centre.addTask(
                csv,
                [
                    .field("priority", "HIGH"), .field("deadline", "2027-04-01T12:00:00Z"),
                    .field("generateScript", "true"),
                    .field("metadata", #"{"expectedCallDuration": 5, "colour": "red"}"#),
                ])
            #expect(answer.status == 201, "\(answer.text)")
            let data = answer.body["data"]
            #expect(answer.body["status"] == "success")
            #expect(data?["title"] == "Renewals")
            #expect(data?["generatedScript"]?.string?.contains("The old price") == true)
            let customers = data?["customerData"]
            #expect(customers?["totalCustomers"] == 7)
            #expect(customers?["validEntries"] == 3)
            let invalid = customers?["invalidEntries"]?.elements ?? []
            #expect(invalid.compactMap { $0["rowNumber"]?.integer } == [3, 4, 6, 8])
            #expect(invalid[0]["errors"] == ["name: is required"])
            #expect(invalid[1]["errors"]?.elements.count == 3)
            #expect(invalid[2]["errors"] == ["phone: is the same as in row 5"])
            #expect(invalid[3]["errors"] == ["has 2 fields, the header has 6"])
            let reps = data?["assignedReps"]?.elements ?? []
            #expect(reps.compactMap { $0["assignedCustomers"]?.integer }.sorted() == [1, 2])
            #expect(Set(reps.compactMap { $0["name"]?.string }) == ["Robin One", "Riley Two"])
        }
    }

    @Test func `takes a mended reject file, and nobody twice`() async throws {
        try await withCallCentre { centre in
            let made = await centre.addTask("name,phone\r\nAda,+493055000001\r\n=Ben,1\r\n")
            let task = made.body["data"]?["taskId"]?.string ?? ""
            let id = made.body["data"]?["customerData"]?["importId"]?.string ?? ""
            let rejects = await centre.portal.send("GET", "/admin/imports/\(id)/rejects.csv", as: centre.admin)
            #expect(rejects.status == 200)
            #expect(rejects.headers["content-disposition"]?.contains("rejects-\(id).csv") == true)
            let text = rejects.text
            // The first of the file's bytes say its encoding; what looks like a formula is none.
            #expect(text.hasPrefix("\u{FEFF}name,phone,rowNumber,errors\r\n'=Ben,1,3,"), "\(text)")
            let mended = text.split(separator: "\u{FEFF}").joined().split(separator: "'=Ben,1").joined(
                separator: "Ben,+493055000002")
            let again = await centre.portal.send(
                "POST", "/admin/tasks/\(task)/imports",
                form: [.file("customersFile", "more.csv", Array(mended.utf8), type: "text/csv")], as: centre.admin)
            #expect(again.status == 201, "\(again.text)")
            #expect(again.body["data"]?["customerData"]?["validEntries"] == 1)
            let third = await centre.portal.send(
                "POST", "/admin/tasks/\(task)/imports",
                form: [.file("customersFile", "more.csv", Array(mended.utf8), type: "application/vnd.ms-excel")],
                as: centre.admin)
            #expect(third.body["data"]?["customerData"]?["validEntries"] == 0)
            let errors = third.body["data"]?["customerData"]?["invalidEntries"]?[0]?["errors"]
            #expect(errors == ["phone: is in this task already"])
            let shown = await centre.portal.send("GET", "/admin/tasks/\(task)", as: centre.admin)
            #expect(shown.body["data"]?["customers"]?["total"] == 2)
            let customers = await centre.portal.send("GET", "/admin/customers", as: centre.admin)
            #expect(customers.body["data"]?["pagination"]?["totalItems"] == 2)
        }
    }

    @Test func `takes known customers as they are and fills in what was empty, in files of several batches`()
        async throws
    {
        try await withCallCentre { centre in
            await centre.addTask(
                "name,phone,email,description\nAda,+493057000001,,\nBen,+493057000002,ben@example.com,Butcher\n")
            await centre.portal.send("POST", "/admin/dnc", ["phone": "+493057000003"], as: centre.admin)
            var csv = "name,phone,email,description\n"
            for number in 1...1400 {
                let digits = String(1_000_000 + number).dropFirst()
                let phone = number % 100 == 0 ? "none" : "+49305\(7_000_000 + number)"
                csv += "Row \(digits),\(phone),row\(number)@example.com,\"Says \"\"hi\"\", \\ and {\"\"a\"\": [1]}\"\n"
            }
            let made = await centre.addTask(csv, title: "Second")
            let data = made.body["data"]?["customerData"]
            #expect(data?["totalCustomers"] == 1400, "\(made.text.prefix(300))")
            #expect(data?["validEntries"] == 1385)
            let invalid = data?["invalidEntries"]?.elements ?? []
            // The header is row 1; forbidden numbers come in their place among the others.
            let wrong: [Int64] = invalid.compactMap { $0["rowNumber"]?.integer }
            let expected: [Int64] = (0...14).map { $0 == 0 ? 4 : $0 * 100 + 1 }
            #expect(wrong == expected)
            func customer(_ words: String) async -> JSON? {
                let found = await centre.portal.send("GET", "/admin/customers?search=\(words)", as: centre.admin)
                let items = found.body["data"]?["items"]?.elements ?? []
                return items.count == 1 ? items.first : nil
            }
            let ada = await customer("Ada")
            #expect(ada?["email"] == "row1@example.com")
            #expect(ada?["description"] == #"Says "hi", \ and {"a": [1]}"#)
            let ben = await customer("Butcher")
            #expect(ben?["email"] == "ben@example.com")
            #expect(await customer("row1399")?["name"] == "Row 001399")
            let all = await centre.portal.send("GET", "/admin/customers", as: centre.admin)
            #expect(all.body["data"]?["pagination"]?["totalItems"] == 1385)
        }
    }

    @Test func `is made once for one Idempotency-Key`() async throws {
        try await withCallCentre { centre in
            let first = await centre.addTask(Sheet.customers(3), headers: ["Idempotency-Key": "k1"])
            let second = await centre.addTask(Sheet.customers(3), headers: ["Idempotency-Key": "k1"])
            #expect(first.status == 201 && second.status == 201)
            #expect(first.body["data"] == second.body["data"])
            let tasks = await centre.portal.send("GET", "/admin/tasks", as: centre.admin)
            #expect(tasks.body["data"]?["pagination"]?["totalItems"] == 1)
        }
    }

    @Test func `scrubs the do-not-call list`() async throws {
        try await withCallCentre { centre in
            await centre.portal.send("POST", "/admin/dnc", ["phone": "+493055000001"], as: centre.admin)
            let made = await centre.addTask("name,phone\nAda,+493055000001\nBen,+493055000002\n")
            #expect(made.body["data"]?["customerData"]?["validEntries"] == 1)
            let errors = made.body["data"]?["customerData"]?["invalidEntries"]?[0]?["errors"]
            #expect(errors == ["phone: is on the do-not-call list"])
        }
    }

    @Test func `deals evenly in every priority, and more to those with the skills`() async throws {
        try await withCallCentre { centre in
            await centre.addTask(Sheet.customers(30) { ["HIGH", "MEDIUM", "LOW"][$0 % 3] })
            var got: [String: [String]] = [:]
            for (caller, id) in [(centre.one, centre.oneID), (centre.two, centre.twoID)] {
                while let work = await centre.next(caller) {
                    got[id, default: []].append(work["customer"]?["priority"]?.string ?? "")
                }
            }
            for priorities in got.values {
                #expect(priorities.count == 15)
                let ranks = priorities.compactMap { Priority(rawValue: $0)?.rank }
                #expect(ranks == ranks.sorted(by: >))
                #expect(priorities.count { $0 == "HIGH" } == 5)
            }
            await centre.portal.send(
                "PUT", "/admin/representatives/\(centre.twoID)", ["skills": ["Spanish"]], as: centre.admin)
            let skilled = await centre.addTask(
                Sheet.customers(40, from: 500), title: "Spanish",
                [.field("metadata", #"{"requiredSkills": ["spanish"]}"#)])
            let reps = skilled.body["data"]?["assignedReps"]?.elements ?? []
            let counts = Dictionary(
                uniqueKeysWithValues: reps.map { ($0["salesId"]?.string ?? "", $0["assignedCustomers"]?.integer ?? 0) })
            #expect(counts == [centre.oneID: 10, centre.twoID: 30])
        }
    }

    @Test func `refuses what is no CSV, has no header, or is too much`() async throws {
        try await withCallCentre { centre in
            func status(_ answer: Answer) -> String { "\(answer.status) \(answer.code ?? "")" }
            let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 1, 2, 3]
            #expect(status(await centre.addTask(bytes: png)) == "415 UNSUPPORTED_MEDIA_TYPE")
            #expect(
                status(await centre.addTask(bytes: Array("name,phone".utf8), type: "application/pdf"))
                    == "415 UNSUPPORTED_MEDIA_TYPE")
            #expect(status(await centre.addTask("")) == "400 VALIDATION_ERROR")
            #expect(status(await centre.addTask("Ada,+493055000001\n")) == "400 VALIDATION_ERROR")
            #expect(status(await centre.addTask("name,phone,phone\n")) == "400 VALIDATION_ERROR")
            let huge = await centre.addTask(bytes: [UInt8](repeating: 0x61, count: 10_485_761))
            #expect(status(huge) == "413 PAYLOAD_TOO_LARGE")
            let stranger = await centre.addTask("name,phone\n", to: ["usr_nobody"])
            #expect(stranger.body["details"]?["errors"]?[0]?["field"] == "assignedSalesReps[0]", "\(stranger.text)")
            let many = await centre.addTask("name,phone\n" + String(repeating: "x\n", count: 10_001))
            #expect(status(many) == "400 VALIDATION_ERROR")
            await centre.portal.work()
            let tasks = await centre.portal.send("GET", "/admin/tasks", as: centre.admin)
            #expect(tasks.body["data"]?["pagination"]?["totalItems"] == 0)
            let customers = await centre.portal.send("GET", "/admin/customers", as: centre.admin)
            #expect(customers.body["data"]?["pagination"]?["totalItems"] == 0)
            #expect(await centre.portal.jobs.filter { $0.name == "discard-import" }.isEmpty)
        }
    }
}
