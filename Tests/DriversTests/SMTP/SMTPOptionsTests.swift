import PluginAPI
import Testing

@testable import Host

@Suite struct `The settings of channels` {
    private static func read(_ channel: Channel, _ text: String) throws -> [String] {
        let document = try JSONDocument(Array(text.utf8))
        do throws(Invalid) {
            _ = try ChannelChoice.schema(channel, ChannelDriver.all).decode(.json(document.root))
            return []
        } catch { return error.mistakes.map { "\($0.pointer) \($0.message)" } }
    }

    @Test(arguments: [
        #"{"driver": "smtp", "host": "mail.example.com", "from": "a@b.example"}"#,
        #"{"driver": "smtp", "host": "::1", "port": 2525, "security": "none", "username": "u", "password": {"$env": "W"}, "from": "A B <a@b.example>", "replyTo": "c@d.example"}"#,
        #"{"driver": "smtp", "host": "10.0.0.7", "security": "none", "from": "a@b.example"}"#,
        #"{"driver": "smtp", "host": "mail.example.com", "security": "tls", "username": "u", "password": {"$file": "w"}, "from": "a@b.example"}"#,
    ]) func `take a mail server`(text: String) throws { #expect(try Self.read(.email, text) == []) }

    @Test(arguments: [
        (#"{"driver": "smtp"}"#, ["/host is required", "/from is required"]),
        (#"{"driver": "smtp", "host": "a b", "from": "a@b.example"}"#, ["/host must be the name or address"]),
        (
            #"{"driver": "smtp", "host": "a.example", "from": "a@b.example", "username": "u"}"#,
            ["/password is required where username is given"]
        ),
        (
            #"{"driver": "smtp", "host": "a.example", "from": "a@b.example", "password": {"$env": "W"}}"#,
            ["/username is required where password is given"]
        ),
        (
            #"{"driver": "smtp", "host": "a.example", "from": "a@b.example", "username": "u", "password": "w"}"#,
            [#"/password must be {"$env": "NAME"}"#]
        ),
        (
            #"{"driver": "smtp", "host": "a.example", "from": "a@b.example", "username": "u", "password": {"$env": "W"}, "security": "none"}"#,
            ["/security must be starttls or tls where a password is sent to another machine"]
        ),
        (#"{"driver": "smtp", "host": "a.example", "from": "A\r\nBcc: x <a@b.example>"}"#, ["/from must be an e-mail"]),
        (#"{"driver": "smtp", "host": "a.example", "from": "a@b.example", "port": 0}"#, ["/port must be"]),
        (#"{"driver": "smtp", "host": "a.example", "from": "a@b.example", "tls": true}"#, ["/tls"]),
        (#"{"driver": "twilio"}"#, ["/driver must be one of capture, smtp"]),
    ]) func `say what is wrong with a mail server`(text: String, expected: [String]) throws {
        let found = try Self.read(.email, text)
        #expect(found.count == expected.count, "\(found)")
        for (found, expected) in zip(found, expected) { #expect(found.hasPrefix(expected), "\(found)") }
    }

    @Test(arguments: [
        (
            "{\"driver\": \"twilio\", \"accountSid\": \"AC1\", \"authToken\": {\"$env\": \"T\"}, \"from\": \"+15550100000\"}",
            true
        ),
        (
            "{\"driver\": \"twilio\", \"baseUrl\": \"http://127.0.0.1:9000\", \"accountSid\": \"AC1\", \"authToken\": {\"$env\": \"T\"}, \"from\": \"x\"}",
            true
        ),
        (
            "{\"driver\": \"twilio\", \"baseUrl\": \"http://sms.example.com\", \"accountSid\": \"AC1\", \"authToken\": {\"$env\": \"T\"}, \"from\": \"x\"}",
            false
        ),
        (
            "{\"driver\": \"twilio\", \"accountSid\": \"../x\", \"authToken\": {\"$env\": \"T\"}, \"from\": \"x\"}",
            false
        ),
    ]) func `take a provider of texts over TLS, or on this machine`(text: String, isGood: Bool) throws {
        for channel in [Channel.sms, .whatsapp] { #expect(try Self.read(channel, text).isEmpty == isGood) }
        #expect(try !Self.read(.email, text).isEmpty)
    }

    @Test(arguments: [
        (#"{"driver": "webpush"}"#, true), (#"{"driver": "webpush", "contact": "mailto:it@lumen.example"}"#, true),
        (#"{"driver": "webpush", "contact": "https://lumen.example"}"#, true),
        (#"{"driver": "webpush", "contact": "it@lumen.example"}"#, false),
    ]) func `take push services`(text: String, isGood: Bool) throws {
        #expect(try Self.read(.push, text).isEmpty == isGood)
    }
}
