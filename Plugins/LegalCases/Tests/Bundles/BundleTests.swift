import Foundation
import PluginTestKit
import Testing

@testable import LegalCases

@Suite struct `A bundle` {
    /// Unpacks an archive by a program that is not ours, and runs a command in the folder.
    private func unpacked(_ bytes: [UInt8], _ command: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "portico-bundle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(bytes).write(to: folder.appending(path: "bundle.zip"))
        let process = Process()
        process.currentDirectoryURL = folder
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "unzip -q bundle.zip && rm bundle.zip && " + command]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(text)")
        return text
    }

    @Test func `has its documents in order, an index and true checksums`() async throws {
        try await withDocumentFirm { firm in
            await firm.upload("a plea", title: "Plea", [.field("folder", "Pleadings")])
            let letter = await firm.upload("a letter", title: "../Letter: \"urgent\"?")
            await firm.upload("=cmd()", title: "=Sheet", name: "sheet.csv", type: "text/csv")
            await firm.version("a newer letter", of: letter.id)
            let path = "/api/staff/cases/\(firm.matter)/bundle/"
            let answer = await firm.portal.send("GET", path, as: firm.attorney)
            #expect(answer.status == 200 && answer.headers["content-type"] == "application/zip", "\(answer.text)")
            #expect(try unpacked(answer.bytes, "sha256sum -c SHA256SUMS | grep -c OK") == "3\n")
            let names = try unpacked(answer.bytes, "find . -type f | sort")
            #expect(
                names == """
                    ./SHA256SUMS
                    ./documents/001 _Letter_ _urgent__.txt
                    ./documents/002 =Sheet.csv
                    ./documents/Pleadings/003 Plea.txt
                    ./index.csv

                    """, "\(names)")
            #expect(try unpacked(answer.bytes, "cat 'documents/001 _Letter_ _urgent__.txt'") == "a newer letter")
            let index = try unpacked(answer.bytes, "cat index.csv").split(separator: "\r\n").map(String.init)
            #expect(index.first == "number,path,document_id,title,folder,version,uploaded_at,bytes,sha256")
            #expect(index.count == 4 && index[1].contains(",\(letter.id),") && index[1].contains(",2,"))
            #expect(index[2].contains("'=Sheet"))
            let order = try unpacked(answer.bytes, "cut -c67- SHA256SUMS")
            #expect(order.split(separator: "\n").map { $0.split(separator: " ")[0] }.count == 3)
            #expect(order.split(separator: "\n").last == "documents/Pleadings/003 Plea.txt", "\(order)")
        }
    }

    @Test func `has what is asked for in the order in which it is asked`() async throws {
        try await withDocumentFirm { firm in
            var ids: [Int64] = []
            for number in 1...3 { ids.append(await firm.upload("text \(number)", title: "Letter \(number)").id) }
            let path = "/api/staff/cases/\(firm.matter)/bundle/"
            let answer = await firm.portal.send("GET", path + "?documents=\(ids[2]),\(ids[0])", as: firm.attorney)
            #expect(try unpacked(answer.bytes, "ls documents") == "001 Letter 3.txt\n002 Letter 1.txt\n")
            let other = try await DocumentFirm.addCase(
                "Other", of: firm.record, team: [firm.attorneyID], firm.portal, as: firm.admin)
            let foreign = await firm.upload("x", to: other)
            let wrong = await firm.portal.send(
                "GET", path + "?documents=\(ids[0]),\(foreign.id),\(ids[0])", as: firm.attorney)
            #expect(wrong.status == 400, "\(wrong.text)")
            #expect(wrong.body["error"]?["details"]?["documents[1]"] != nil)
            #expect(wrong.body["error"]?["details"]?["documents[2]"] != nil)
        }
    }

    @Test func `for a client has what they see, in the version that they see`() async throws {
        try await withDocumentFirm { firm in
            let letter = await firm.upload("first", title: "Letter")
            await firm.version("second", of: letter.id)
            await firm.upload("memo", title: "Memo", [.field("visible_to_client", "false")])
            let path = "/api/portal/cases/\(firm.matter)/bundle/"
            let answer = await firm.portal.send("GET", path, as: firm.client)
            let content = try unpacked(answer.bytes, "cd documents && ls && cat 001*")
            #expect(content == "001 Letter.txt\nfirst")
            #expect(await firm.portal.send("GET", path, as: firm.stranger).status == 404)
            let staff = "/api/staff/cases/\(firm.matter)/bundle/"
            #expect(await firm.portal.send("GET", staff, as: firm.outsider).status == 404)
            #expect(await firm.portal.audit.count { $0.action == "documents.bundled" } == 1)
        }
    }

    @Test func `is sent over a connection as it is made`() async throws {
        try await withDocumentFirm(over: .socket) { firm in
            let large = String(repeating: "All of this is evidence. ", count: 200_000)
            await firm.upload(large, title: "Large")
            let answer = await firm.portal.send("GET", "/api/staff/cases/\(firm.matter)/bundle/", as: firm.attorney)
            let report = try unpacked(answer.bytes, "sha256sum -c SHA256SUMS")
            #expect(report == "documents/001 Large.txt: OK\n")
        }
    }
}
