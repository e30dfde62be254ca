import PluginAPI
import Testing

@testable import Host

@Suite struct `A secret` {
    private struct Gateway: ChannelOptions {
        enum Name: String, Sendable, CaseIterable { case gateway }
        var driver: Name
        var authToken: Secret
        static let schema = Schema.object(
            Self.init(driver:authToken:), Field("driver", \.driver, .oneOf),
            Field("authToken", \.authToken, Secret.schema))
    }

    private func mistakes(_ text: String) throws -> [String] {
        do {
            _ = try Secret.schema.decode(.json(JSONDocument(Array(text.utf8)).root))
            return []
        } catch let invalid as Invalid { return invalid.mistakes.map { "\($0.pointer): \($0.message)" } }
    }

    @Test func `is named and never written in the file`() throws {
        let allowed = #"must be {"$env": "NAME"} or {"$file": "path"}"#
        #expect(try mistakes(#""hunter2""#) == [": \(allowed): a secret is never written in the file itself"])
        #expect(try mistakes("7") == [": \(allowed)"])
        #expect(try mistakes(#"{"$env":"A","$file":"b"}"#) == [": \(allowed)"])
        #expect(try mistakes(#"{"env":"A"}"#) == [": \(allowed)"])
        #expect(try mistakes(#"{"$env":"SMTP_PASSWORD"}"#) == [])
        #expect(try mistakes(#"{"$file":"keys/smtp"}"#) == [])
    }

    @Test func `is no key of the host, and no way out of the tenant's folder`() throws {
        for bad in [
            #"{"$env":"PORTICO_MASTER_KEY"}"#, #"{"$env":"lower"}"#, #"{"$env":"1A"}"#, #"{"$env":""}"#, #"{"$env":1}"#,
        ] {
            #expect(try mistakes(bad).first?.hasPrefix("/$env: must be the name of an environment variable") == true)
        }
        for bad in [#"{"$file":"../x"}"#, #"{"$file":"a/../../x"}"#, #"{"$file":"a/"}"#, #"{"$file":"a\u0000b"}"#] {
            #expect(try mistakes(bad).first?.hasPrefix("/$file: must be an absolute path") == true)
        }
    }

    @Test func `is read from the environment or from a file`() throws {
        let folder = try TenantFolder()
        try folder.write("lumen", file: "token", "s3cret\r\n")
        try folder.write("lumen", file: "empty", "\n")
        let home = folder.path + "/lumen"
        #expect(try Secret.file("token").resolve(in: home) == "s3cret")
        #expect(try Secret.file(home + "/token").resolve(in: "/nowhere") == "s3cret")
        #expect(try Secret.environment("PATH").resolve(in: home).contains("/"))
        #expect(throws: SecretFault.missing("the file empty is empty")) { try Secret.file("empty").resolve(in: home) }
        #expect(throws: SecretFault.missing("the file none cannot be read (no such file)")) {
            try Secret.file("none").resolve(in: home)
        }
        #expect(throws: SecretFault.missing("the environment variable TENANCY_TEST_UNSET is not set")) {
            try Secret.environment("TENANCY_TEST_UNSET").resolve(in: home)
        }
    }

    @Test func `of a channel is checked by the driver's own schema, at its place`() throws {
        let drivers = ChannelDriver.all + [ChannelDriver("gateway", channels: [.sms], options: Gateway.self)]
        let schema = ChannelSettings.described(by: drivers)
        let good = try JSONDocument(Array(#"{"sms":{"driver":"gateway","authToken":{"$env":"T"}}}"#.utf8))
        #expect(try schema.decode(.json(good.root)).sms.options["authToken"] == ["$env": "T"])
        let bad = try JSONDocument(
            Array(#"{"sms":{"driver":"gateway","authToken":"x"},"push":{"driver":"gateway"}}"#.utf8))
        #expect {
            try schema.decode(.json(bad.root))
        } throws: { error in
            (error as? Invalid)?.mistakes.map { "\($0.pointer) \($0.code) \($0.offset ?? -1)" } == [
                "/sms/authToken NOT_ALLOWED 40", "/push/driver NOT_ALLOWED 62",
            ]
        }
    }
}
