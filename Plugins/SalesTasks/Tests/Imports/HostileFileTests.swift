import PluginTestKit
import Testing

@testable import SalesTasks

/// A file with what must come of it.
struct HostileFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    /// The names of the customers, in order; nil when the file as a whole is refused.
    let names: [String]?
    /// The numbers of the rows that are refused.
    var rejected: [Int] = []

    init(_ what: String, _ text: String, _ names: [String]?, rejected: [Int] = []) {
        self.init(what, bytes: Array(text.utf8), names, rejected: rejected)
    }

    init(_ what: String, bytes: [UInt8], _ names: [String]?, rejected: [Int] = []) {
        testDescription = what
        self.bytes = bytes
        self.names = names
        self.rejected = rejected
    }
}

extension HostileFile {
    private static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        (bigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE])
            + text.utf16.flatMap { unit -> [UInt8] in
                let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
                return bigEndian ? [high, low] : [low, high]
            }
    }

    private static let two = "name,phone\r\nÅsa 🐝,+4930550001\r\nBen,+4930550002\r\n"

    static let corpus: [HostileFile] = [
        HostileFile("UTF-8 with a byte order mark", bytes: [0xEF, 0xBB, 0xBF] + Array(two.utf8), ["Åsa 🐝", "Ben"]),
        HostileFile("UTF-16, little-endian", bytes: utf16(two, bigEndian: false), ["Åsa 🐝", "Ben"]),
        HostileFile("UTF-16, big-endian", bytes: utf16(two, bigEndian: true), ["Åsa 🐝", "Ben"]),
        HostileFile(
            "UTF-16 that ends in half a character", bytes: utf16(two, bigEndian: true) + [0x00], ["Åsa 🐝", "Ben"],
            rejected: [4]),
        HostileFile("semicolons", "name;phone\nAda;+4930550001\n", ["Ada"]),
        HostileFile("tabs, and a comma in a name", "name\tphone\nAda, Dr.\t+4930550001\n", ["Ada, Dr."]),
        HostileFile("carriage returns alone", "name,phone\rAda,+4930550001\rBen,+4930550002", ["Ada", "Ben"]),
        HostileFile("empty lines, which count", "name,phone\n\n\nAda,+4930550001\n\nBen,1\n", ["Ada"], rejected: [6]),
        HostileFile("a header in quotes and capitals", "\"Name\",\" PHONE \"\nAda,+4930550001\n", ["Ada"]),
        HostileFile(
            "a quotation mark that is never closed", "name,phone\nAda,+4930550001\n\"Ben,+4930550002\nCy,+4930550003\n",
            ["Ada"], rejected: [3]),
        HostileFile(
            "quotation marks where none may be",
            "name,phone\nA\"da,+4930550001\n\"Ben\"x,+4930550002\nCy,+4930550003\n",
            ["Cy"], rejected: [2, 3]),
        HostileFile("quoted line breaks and marks", "name,phone\n\"A \"\"B\"\"\nC\",+4930550001\n", ["A \"B\"\nC"]),
        HostileFile(
            "bytes that are no UTF-8",
            bytes: Array("name,phone\nA".utf8) + [0xC3, 0x28] + Array(",+4930550001\nBen,+4930550002\n".utf8),
            ["Ben"], rejected: [2]),
        HostileFile("a NUL", "name,phone\nA\u{0},+4930550001\nBen,+4930550002\n", ["Ben"], rejected: [2]),
        HostileFile(
            "control characters", "name,phone\nA\u{1B}[2J,+4930550001\nBen,+4930550002\n", ["Ben"], rejected: [2]),
        HostileFile(
            "a row of a megabyte",
            "name,phone\n" + String(repeating: "x", count: 1_000_000) + ",+4930550001\nBen,+4930550002\n",
            ["Ben"], rejected: [2]),
        HostileFile(
            "a name of 201 characters", "name,phone\n" + String(repeating: "é", count: 201) + ",+4930550001\n", [],
            rejected: [2]),
        HostileFile("300 fields", "name,phone\n" + String(repeating: ",", count: 299) + "\n", [], rejected: [2]),
        HostileFile(
            "SQL, script and formulas, which are but names",
            "name,phone\n'; DROP TABLE x;--,+4930550001\n<script>alert(1)</script>,+4930550002\n=cmd|'/C calc'!A0,+4930550003\n",
            ["'; DROP TABLE x;--", "<script>alert(1)</script>", "=cmd|'/C calc'!A0"]),
        HostileFile(
            "a number that is another one spelled otherwise", "name,phone\nA,0049 30 550001\nB,+49-30-550001\n", ["A"],
            rejected: [3]),
        HostileFile("a header and nothing else", "name,phone", []),
        HostileFile("nothing", "", nil),
        HostileFile("blank lines", "\n\n\n", nil),
        HostileFile("no column of phones", "name,telephone\nAda,+4930550001\n", nil),
        HostileFile("a header twice the same", "name,phone,NAME\nAda,+4930550001,x\n", nil),
        HostileFile("a header of a million columns", String(repeating: "a,", count: 1_000_000), nil),
        HostileFile("a header that is broken", "na\"me,phone\nAda,+4930550001\n", nil),
        HostileFile("an archive", bytes: [0x50, 0x4B, 0x03, 0x04] + Array(two.utf8), nil),
        HostileFile("zeros", bytes: [UInt8](repeating: 0, count: 10_000), nil),
        HostileFile("noise", bytes: (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 7919 &+ $0 >> 3) }, nil),
    ]
}

@Suite struct `A hostile file` {
    @Test(arguments: HostileFile.corpus)
    func `is refused, or taken as far as it is good`(_ file: HostileFile) async throws {
        try await withCallCentre { centre in
            let answer = await centre.addTask(bytes: file.bytes)
            guard let names = file.names else {
                #expect(answer.status == 400 || answer.status == 415, "\(answer.status) \(answer.text.prefix(300))")
                await centre.portal.work()
                let left = await centre.portal.send("GET", "/admin/customers", as: centre.admin)
                #expect(left.body["data"]?["pagination"]?["totalItems"] == 0)
                return
            }
            #expect(answer.status == 201, "\(answer.text.prefix(300))")
            let data = answer.body["data"]?["customerData"]
            #expect(data?["validEntries"] == .integer(Int64(names.count)))
            let rows = data?["invalidEntries"]?.elements ?? []
            #expect(
                rows.compactMap { $0["rowNumber"]?.integer }.map(Int.init) == file.rejected,
                "\(answer.text.prefix(500))")
            #expect(rows.allSatisfy { $0["errors"]?.elements.isEmpty == false })
            let list = await centre.portal.send("GET", "/admin/customers", as: centre.admin)
            let kept = list.body["data"]?["items"]?.elements.compactMap { $0["name"]?.string } ?? []
            #expect(kept.reversed() == names)
        }
    }
}
