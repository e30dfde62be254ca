import Documents
import Foundation
import Testing
import Time

@Suite struct `A mail message` {
    @Test func `says to another program what was put into it`() throws {
        var message = try Self.message(subject: "Ihr Termin – bestätigt: " + String(repeating: "ä€🏥", count: 20))
        message.text = "Line one \r\n.dot = é\n\ttab \n" + String(repeating: "long ", count: 60) + "\u{7F}"
        message.html = "<p>Größe & <b>mehr</b></p>"
        message.unsubscribe = "https://lumen.example/u/abc"
        message.attachments = [
            .init(name: "visit.ics", contentType: "text/calendar", bytes: Array("BEGIN:VCALENDAR".utf8)),
            .init(name: "Befund \"1\" ü.pdf", contentType: "no type\r\nX: y", bytes: (0..<300).map { UInt8($0 % 256) }),
        ]
        let read = try Self.read(message)
        #expect(read.defects.isEmpty)
        #expect(read.header("Subject") == message.subject)
        #expect(read.from == [["Łumen \"Eye\"", "desk@lumen.example"]] && read.to == [["Ada, L.", "ada@example.com"]])
        #expect(read.date == "2026-11-28T09:30:00Z" && read.header("Message-ID") == "<msg_1@lumen.example>")
        #expect(read.header("List-Unsubscribe") == "<https://lumen.example/u/abc>")
        #expect(read.header("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click")
        #expect(
            read.structure == [
                "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar",
                "application/octet-stream",
            ])
        let text = message.text.replacingOccurrences(of: "\r\n", with: "\n").replacingOccurrences(
            of: "\n", with: "\r\n")
        #expect(String(decoding: read.parts[0].bytes, as: UTF8.self) == text)
        #expect(String(decoding: read.parts[1].bytes, as: UTF8.self) == message.html)
        #expect(read.parts.map(\.name) == ["", "", "visit.ics", "Befund \"1\" ü.pdf"])
        #expect(read.parts[3].bytes == message.attachments[1].bytes)
    }

    @Test(arguments: ["Hi\r\nBcc: all@example.com", "Hi\nX-Evil: 1", "a\u{85}b\u{2028}c\0", "=?utf-8?B?SGk=?=", ""])
    func `takes no header field from a value`(value: String) throws {
        var message = try Self.message(subject: value)
        message.from = try #require(MailAddress("desk@lumen.example", name: value))
        message.id = value + "x"
        message.unsubscribe = "https://x/" + value
        let read = try Self.read(message)
        #expect(
            read.headers.map { $0[0] } == [
                "Date", "From", "To", "Message-ID", "Subject", "Auto-Submitted", "List-Unsubscribe",
                "List-Unsubscribe-Post", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
            ])
        #expect(read.structure == ["text/plain"])
        #expect(read.to == [["Ada, L.", "ada@example.com"]])
    }

    @Test func `is encoded exactly at every length of line`() throws {
        for length in [0, 1, 74, 75, 76, 77, 152] {
            var message = try Self.message(subject: String(repeating: "é", count: length))
            message.text = String(repeating: "x", count: length) + " \n" + String(repeating: "=", count: length)
            let read = try Self.read(message)
            #expect(
                String(decoding: read.parts[0].bytes, as: UTF8.self).hasPrefix(
                    message.text.replacingOccurrences(of: "\n", with: "\r\n")))
            #expect(read.header("Subject") == message.subject)
        }
    }

    @Test(arguments: [
        "ada@example.com", "a.b+c@sub.example.co.uk", "o'brien@x.de", "a@b", "é@b", "jörg@müller.example",
    ])
    func `goes to addresses`(text: String) {
        #expect(MailAddress(text)?.email == text)
        #expect(MailAddress(text).map { String($0.domain) } == text.split(separator: "@").last.map(String.init))
    }

    @Test(arguments: [
        "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "a@b\r\nRCPT TO:<x@y>", "<a@b>", ".a@b", "a.@b", "a..b@c",
        "a@.b",
        "a@-b", "a@b-", "a\u{A0}b@c", "a@b\u{200B}c", "a\u{85}@b", "a@b,c@d", String(repeating: "a", count: 65) + "@b",
    ])
    func `goes to nothing else`(text: String) { #expect(MailAddress(text) == nil) }

    private static func message(subject: String) throws -> MailMessage {
        MailMessage(
            from: try #require(MailAddress("desk@lumen.example", name: "Łumen \"Eye\"")),
            to: [try #require(MailAddress("ada@example.com", name: "Ada, L."))], subject: subject,
            id: "msg_1@lumen.example", date: try #require(Instant(rfc3339: "2026-11-28T09:30:00Z")), text: "Hello")
    }

    private struct Read: Decodable {
        struct Part: Decodable {
            var type, name, content: String
            var bytes: [UInt8] { Data(base64Encoded: content).map { Array($0) } ?? [] }
        }
        var headers, from, to: [[String]]
        var date: String
        var structure, defects: [String]
        var parts: [Part]

        func header(_ name: String) -> String? { headers.first { $0[0] == name }?[1] }
    }

    private static func read(_ message: MailMessage) throws -> Read {
        try JSONDecoder().decode(
            Read.self, from: Oracle.run(["python3", Oracle.script("mail_oracle.py")], message.bytes))
    }
}
