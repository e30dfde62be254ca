import PluginAPI
import Testing
import Time

@testable import Host

@Suite struct `A tenant's file` {
    private let reader = TenantReader(catalogue: PluginCatalogue([VisitsPlugin.self]))

    private func findings(_ text: String, _ reader: TenantReader? = nil) throws -> [String] {
        let document = try JSONDocument(Array(text.utf8), dialect: .commented)
        let reading = (reader ?? self.reader).read(document.root)
        #expect((reading.file == nil) == !reading.mistakes.isEmpty)
        return
            (reading.mistakes.map { Finding(.mistake, file: "t.json", $0, in: document) }
            + reading.notices.map { Finding(.notice, file: "t.json", $0, in: document) }).sorted().map(\.description)
    }

    private func file(_ text: String) throws -> TenantFile {
        try #require(reader.read(JSONDocument(Array(text.utf8), dialect: .commented).root).file)
    }

    @Test func `needs a name and takes the rest by default`() throws {
        let file = try file(#"{"name": "Lumen"}"#)
        #expect(file.name == "Lumen")
        #expect(file.domains == [])
        #expect(file.state == .active)
        #expect(file.zone == .utc)
        #expect(file.languages == [.english])
        #expect(file.defaultDialect == .envelope)
        #expect(file.registration == .invited)
        #expect(file.cors.origins == [])
        #expect(file.auth == AuthSettings())
        #expect(file.channels[.sms].driver == "capture")
        #expect(file.tls == TLSSettings(hstsSeconds: 31_536_000))
        #expect(file.plugins.isEmpty)
        #expect(try findings("{}") == ["t.json:1:1 #/name: is required"])
    }

    @Test func `may have comments and trailing commas`() throws {
        let file = try file(
            """
            // A clinic.
            {
              "name": "Lumen", /* as on the door */
              "domains": ["Portal.Lumen.example",],
              "zone": "Europe/Berlin",
              "language": "de",
              "languages": ["en", "de",],
              "cors": {"origins": ["http://localhost:3000", "https://[::1]:8443"]},
              "plugins": {"visits": {"codeLength": 4,},},
            }
            """)
        #expect(file.domains.map(\.text) == ["portal.lumen.example"])
        #expect(file.zone.name == "Europe/Berlin")
        #expect(file.languages.map(\.tag) == ["en", "de"])
        #expect(file.cors.origins.map(\.text) == ["http://localhost:3000", "https://[::1]:8443"])
        #expect(file.plugins["visits"]?["codeLength"] == 4)
    }

    @Test func `names a certificate and its key together, and holds neither`() throws {
        let file = try file(
            #"{"name": "L", "tls": {"certificate": {"$file": "l.pem"}, "key": {"$env": "L_KEY"}, "hstsSeconds": 0}}"#)
        #expect(file.tls == TLSSettings(certificate: .file("l.pem"), key: .environment("L_KEY"), hstsSeconds: 0))
        #expect(
            try findings(#"{"name": "L", "tls": {"certificate": {"$file": "l.pem"}}}"#) == [
                "t.json:1:22 #/tls/key: is required where certificate is given"
            ])
        #expect(
            try findings(#"{"name": "L", "tls": {"key": {"$file": "l.key"}, "hstsSeconds": -1}}"#).map {
                $0.contains("certificate: is required") || $0.contains("hstsSeconds: must be")
            } == [true, true])
        #expect(try findings(#"{"name": "L", "tls": {"key": "-----BEGIN"}}"#).contains { $0.contains("never written") })
    }

    @Test func `has every mistake reported at its place`() throws {
        let text = """
            {
              "name": "",
              "domains": ["https://lumen.example", "a.example", "a.example"],
              "state": "closed",
              "zone": "Europe/Atlantis",
              "language": "fr", "languages": ["en"],
              "cors": { "origins": ["*"] },
              "auth": {
                "accessTokenTtlSeconds": 5
              },
              "channels": { "sms": { "driver": "pigeon" }, "email": { "driver": "capture", "host": "x" } },
              "plugins": {
                // Digits of a code.
                "visits": {
                  "codeLength": 9
                },
                "chess": {}
              },
              "locked": ["auth.accessTokenTtlSeconds", "auth.colour", "plugins.visits.opens"],
              "colour": "red"
            }
            """
        #expect(
            try findings(text) == [
                "t.json:2:11 #/name: must not be empty",
                "t.json:3:15 #/domains/0: must be an exact host name such as portal.example.com, without scheme, port or wildcard",
                "t.json:4:12 #/state: must be one of active, readOnly, suspended",
                "t.json:5:11 #/zone: must be an IANA time zone that this system knows, such as Europe/Berlin",
                "t.json:6:15 #/language: must be one of languages: en",
                "t.json:7:25 #/cors/origins/0: must be an exact origin in lower case without a path, such as https://portal.example.com; no wildcards",
                "t.json:9:30 #/auth/accessTokenTtlSeconds: must be a whole number, 60 to 86400",
                "t.json:11:36 #/channels/sms/driver: must be one of capture, twilio",
                "t.json:11:88 #/channels/email/host: is not known here",
                "t.json:15:21 #/plugins/visits/codeLength: must be a whole number, 4 to 8",
                "t.json:17:14 #/plugins/chess: is not a plugin of this build; must be one of visits",
                "t.json:19:44 #/locked/1: must be the path of a setting that exists",
                "t.json:20:13 #/colour: is not known here",
            ])
    }

    @Test func `has what its parts say about each other checked`() throws {
        #expect(
            try findings(#"{"name":"L","domains":["a.example","A.example"],"locked":["zone","zone"]}"#) == [
                "t.json:1:36 #/domains/1: must be listed only once", "t.json:1:66 #/locked/1: must be listed only once",
            ])
        #expect(
            try findings(#"{"name":"L","auth":{"accessTokenTtlSeconds":7200,"refreshTokenTtlSeconds":3600}}"#) == [
                "t.json:1:75 #/auth/refreshTokenTtlSeconds: must be more than accessTokenTtlSeconds, 7200"
            ])
        #expect(
            try findings(#"{"name":"L","plugins":{"visits":{"opens":9,"closes":9}}}"#) == [
                "t.json:1:53 #/plugins/visits/closes: must be later than opens, 9"
            ])
        // The default of `closes` is what is wrong with these, so the mistake stands at the settings.
        #expect(
            try findings(#"{"name":"L","plugins":{"visits":{"opens":20}}}"#) == [
                "t.json:1:33 #/plugins/visits/closes: must be later than opens, 20"
            ])
        #expect(
            try findings(#"{"name":"L","plugins":{"visits":true},"channels":{"push":{}}}"#) == [
                "t.json:1:33 #/plugins/visits: must be an object",
                "t.json:1:58 #/channels/push/driver: is required and must be one of capture, webpush",
            ])
    }

    @Test func `locks only settings that exist`() throws {
        let good = "auth,auth.refreshTokenTtlSeconds,channels.sms.driver,plugins.visits.token.$env,cors.origins,name"
        let bad = ["auth.", "", "channels.fax", "channels.sms.host", "plugins.chess", "name.first", "cors.origins.0"]
        #expect(
            try file(#"{"name":"L","locked":["\#(good.split(separator: ",").joined(separator: "\",\""))"]}"#).locked
                .count == 6)
        for path in bad {
            let found = try findings(#"{"name":"L","locked":["\#(path)"]}"#)
            #expect(found.count == 1 && found[0].hasPrefix("t.json:1:23 #/locked/0: must be "), "\(path): \(found)")
        }
    }

    @Test func `may name plugins of other builds in the demo`() throws {
        let demo = TenantReader(catalogue: PluginCatalogue([VisitsPlugin.self]), allowsUnknownPlugins: true)
        let text = #"{"name":"L","plugins":{"legal-cases":{"a":1}},"locked":["plugins.legal-cases.a"]}"#
        #expect(
            try findings(text, demo) == [
                "t.json:1:38 #/plugins/legal-cases: the plugin legal-cases is not in this build; its paths answer 404"
            ])
        #expect(try findings(text).count == 2)
        #expect(
            try findings(#"{"name":"L","plugins":{"x":{}}}"#, TenantReader(catalogue: PluginCatalogue([]))) == [
                "t.json:1:28 #/plugins/x: is not a plugin of this build; must be no plugin"
            ])
    }

    @Test func `takes only origins that browsers send`() {
        for good in ["http://localhost:3000", "https://a.example", "http://127.0.0.1:81", "http://[::1]:5173"] {
            #expect(WebOrigin(good)?.text == good)
        }
        for bad in [
            "*", "null", "https://*.example", "https://a.example/", "https://a.example:443", "http://a.example:80",
            "HTTPS://a.example", "https://A.example", "ftp://a.example", "https://u@a.example", "https://a.example:",
            "https://a.example:070", "https://a.example:65536", "https://", "http://[x]", "http://[::1", "a.example",
        ] {
            #expect(WebOrigin(bad) == nil, "\(bad)")
        }
    }

    @Test func `takes only exact host names`() {
        for good in ["a", "localhost", "a-b.example", "1.example", "xn--bcher-kva.example"] {
            #expect(HostName(good)?.text == good)
        }
        let long = String(repeating: "a", count: 64)
        for bad in [
            "", ".", "a.", ".a", "a..b", "-a.b", "a-.b", "a.-b", "a.b-", "*.a", "a:80", "a/b", "10.0.0.1", "bücher.de",
            "\(long).a", String(repeating: "a.", count: 127) + "ab", "a b", "a_b",
        ] {
            #expect(HostName(bad) == nil, "\(bad)")
        }
    }

    @Test func `survives being written and read`() {
        #expect(TenantFile.schema.roundTrips)
        #expect(Secret.schema.roundTrips)
    }

    @Test func `has a schema for editors with the plugins' settings in it`() {
        let schema = TenantFile.editorSchema(PluginCatalogue([VisitsPlugin.self]))
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["additionalProperties"] == false)
        #expect(schema["required"] == ["name"])
        let plugins = schema["properties"]?["plugins"]
        #expect(plugins?["additionalProperties"] == false)
        #expect(plugins?["properties"]?["visits"]?["properties"]?["codeLength"]?["maximum"] == 8)
        #expect(plugins?["properties"]?["visits"]?["description"] == "Visits for tests.")
        #expect(schema["properties"]?["auth"]?["properties"]?["refreshTokenTtlSeconds"]?["minimum"] == 3600)
    }
}
