import Crypto
import Foundation
import PluginAPI
import PluginTestKit
import Testing

@testable import Host

@Suite struct `Mail by SMTP` {
    @Test func `arrives as it was written, with all its parts`() async throws {
        let server = try await MailServer()
        try await server.withDriver { driver in
            var message = OutboundMessage.mail(subject: "Ihr Termin – bestätigt", body: "Größe\n.\n..two\n.three\nend")
            message.html = "<p>Größe</p>"
            message.unsubscribeURL = "https://lumen.example/u/abc"
            message.attachments = [.init(name: "visit.ics", contentType: "text/calendar", bytes: Array("BEGIN".utf8))]
            let reference = try await driver.send(message)
            #expect(reference == "msg_1@lumen.example")
        }
        let got = try await server.peer.next("message")
        #expect(got["from"] == "desk@lumen.example" && got["to"] == ["ada@example.com"])
        #expect(got["secure"] == false && got["user"] == "" && got["defects"] == [])
        let headers = try #require(got["headers"])
        #expect(headers["Subject"] == "Ihr Termin – bestätigt" && headers["Message-ID"] == "<msg_1@lumen.example>")
        #expect(headers["From"]?.string == "Lumen Äuge <desk@lumen.example>")
        #expect(headers["Reply-To"]?.string == "Front Desk <front@lumen.example>")
        #expect(headers["List-Unsubscribe"] == "<https://lumen.example/u/abc>")
        #expect(headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click")
        #expect(got["text"]?.string.map(trimmed) == "Größe\n.\n..two\n.three\nend")
        #expect(got["html"]?.string.map(trimmed) == "<p>Größe</p>")
        #expect(got["attachments"]?.elements.first?["name"] == "visit.ics")
        #expect(got["parameters"]?.elements.first?.string == "SIZE=\(got["size"]?.integer ?? 0)")
    }

    @Test(arguments: [SMTPOptions.Security.starttls, .tls], [["AUTH PLAIN LOGIN"], ["AUTH LOGIN"], ["AUTH=LOGIN"]])
    func `signs in under encryption only`(security: SMTPOptions.Security, offers: [String]) async throws {
        let server = try await MailServer(security, offers: offers)
        try await server.withDriver(username: "desk") { try await expectTaken(by: $0, .mail()) }
        #expect(try await server.peer.next("tls")["protocol"] == "")
        while true {
            let line = try await server.peer.next("command")
            guard line["line"]?.string?.hasPrefix("MAIL") == false else { break }
            if line["line"]?.string?.hasPrefix("AUTH") == true { #expect(line["secure"] == true) }
        }
        let got = try await server.peer.next("message")
        #expect(got["secure"] == true && got["user"] == "desk")
    }

    @Test func `keeps its conversation for the next message`() async throws {
        let server = try await MailServer(.starttls)
        try await server.withDriver { driver in
            for number in 1...3 {
                _ = try await driver.send(.mail("msg_\(number)"))
                let got = try await server.peer.next("message")
                #expect(
                    got["connection"] == 1 && got["headers"]?["Message-ID"]?.string == "<msg_\(number)@lumen.example>")
            }
        }
        // With the last message the driver goes, and takes its leave.
        let end = try await server.peer.events(until: ["gone", "quit"]).last
        #expect(end?["event"] == "quit" && end?["connection"] == 1)
    }

    @Test func `begins another conversation where the server has left the old one`() async throws {
        let server = try await MailServer(replies: ["RSET": ["DROP"]])
        try await server.withDriver { driver in
            for number in 1...2 {
                _ = try await driver.send(.mail())
                #expect(try await server.peer.next("message")["connection"]?.integer == Int64(number))
            }
        }
    }

    @Test func `goes by a few conversations at a time, however many messages there are`() async throws {
        let server = try await MailServer()
        let ids = (0..<40).map { "msg_\($0)" }
        try await server.withDriver { driver in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in ids { group.addTask { _ = try await driver.send(.mail(id)) } }
                try await group.waitForAll()
            }
        }
        var (got, connections): (Set<String>, Set<Int64>) = ([], [])
        while got.count < ids.count {
            let message = try await server.peer.next("message")
            got.insert(message["headers"]?["Message-ID"]?.string ?? "")
            connections.insert(message["connection"]?.integer ?? 0)
        }
        #expect(got == Set(ids.map { "<\($0)@lumen.example>" }))
        #expect((1...4).contains(connections.count))
    }

    @Test func `greets old servers in the old way`() async throws {
        let server = try await MailServer(replies: ["EHLO": ["502 What is that?"]])
        try await server.withDriver { try await expectTaken(by: $0, .mail()) }
        #expect(try await server.peer.next("message")["parameters"] == [])
    }

    @Test func `reads answers that come byte by byte, in many lines`() async throws {
        let long = (0..<99).map { "250-MORE \($0)" }.joined(separator: "\r\n") + "\r\n250 END"
        let server = try await MailServer(replies: ["EHLO": [.string("DRIBBLE \(long)")], "MAIL": ["250"]])
        try await server.withDriver { try await expectTaken(by: $0, .mail()) }
        _ = try await server.peer.next("message")
    }

    @Test func `goes to addresses in all scripts where the server takes them`() async throws {
        let server = try await MailServer(offers: ["8BITMIME", "SMTPUTF8"])
        try await server.withDriver { try await expectTaken(by: $0, .mail(to: "jörg@müller.example")) }
        let got = try await server.peer.next("message")
        #expect(got["to"] == ["jörg@müller.example"] && got["parameters"] == ["BODY=8BITMIME", "SMTPUTF8"])
        let old = try await MailServer()
        try await old.withDriver { driver in
            let failure = try #require(try await failure(driver, .mail(to: "jörg@müller.example")))
            #expect(!failure.isTemporary && failure.reason.contains("SMTPUTF8"))
            // The conversation goes on.
            _ = try await driver.send(.mail())
            #expect(try await old.peer.next("message")["connection"] == 1)
        }
    }

    @Test(arguments: [
        "ada@example.com\r\nRCPT TO:<eve@example.com>", "ada@example.com> NOTIFY=NEVER", "", "ada", "<ada@example.com>",
        "ada@example.com\n.\n", "a\u{0}@b.example",
    ])
    func `goes to nobody whose address is none`(to: String) async throws {
        let server = try await MailServer()
        try await server.withDriver { driver in
            let failure = try #require(try await failure(driver, .mail(to: to)))
            #expect(!failure.isTemporary && failure.reason.contains("address"))
            _ = try await driver.send(.mail("msg_2"))
        }
        let got = try await server.peer.next("message")
        #expect(got["to"] == ["ada@example.com"] && got["headers"]?["Message-ID"] == "<msg_2@lumen.example>")
    }

    @Test func `has no field that a value brought`() async throws {
        let server = try await MailServer()
        try await server.withDriver { driver in
            var message = OutboundMessage.mail(
                "msg_1\r\nBcc: eve@example.com", subject: "Hi\r\nBcc: eve@example.com\r\n\r\nbody")
            message.unsubscribeURL = "https://x/\r\nX-Evil: 1"
            _ = try await driver.send(message)
        }
        let headers = try #require(try await server.peer.next("message")["headers"]?.members?.list.map(\.name))
        #expect(!headers.contains("Bcc") && !headers.contains("X-Evil"))
    }

    /// The mail program ends every text with a line's end.
    private func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}
