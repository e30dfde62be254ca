import PluginAPI
import Testing

@testable import Host

@Suite struct `A tenant's settings` {
    private let reader = TenantReader(catalogue: PluginCatalogue([VisitsPlugin.self]))
    private let content = Array(
        #"""
        {"name":"Lumen","zone":"Europe/Berlin","auth":{"accessTokenTtlSeconds":900},
         "plugins":{"visits":{"codeLength":5,"token":{"$env":"T"}}},
         "locked":["auth.accessTokenTtlSeconds","plugins.visits.codeLength"]}
        """#.utf8)

    private func settings(_ patch: JSON) throws -> TenantSettings {
        try TenantSettings(content: content, overlay: SettingsOverlay(patch), reader: reader)
    }

    private func refusals(_ patch: JSON) throws -> [String] {
        SettingsOverlay(patch).refusals(by: try settings([:]).values).map { "\($0.reason) \($0.path)" }
    }

    @Test func `are the file with the overlay over it`() throws {
        let settings = try settings([
            "name": "Lumen West", "zone": .null, "auth": ["refreshTokenTtlSeconds": 86_400],
            "plugins": ["visits": ["opens": 7]],
        ])
        #expect(settings.values.name == "Lumen West")
        #expect(settings.values.zone == .utc)
        #expect(settings.values.auth == AuthSettings(accessTokenTtlSeconds: 900, refreshTokenTtlSeconds: 86_400))
        let visits = try #require(settings.document(ofPlugin: "visits"))
        let decoded = try VisitsPlugin.Settings.schema.decode(.json(visits.root))
        #expect((decoded.codeLength, decoded.opens, decoded.closes) == (5, 7, 18))
        #expect(decoded.token == .environment("T"))
        #expect(settings.document(ofPlugin: "chess") == nil)
    }

    @Test func `say of each value where it is from`() throws {
        let settings = try settings(["zone": .null, "plugins": ["visits": ["opens": 7]]])
        let sources = Dictionary(uniqueKeysWithValues: settings.entries.map { ($0.path.description, $0) })
        #expect(sources["name"]?.source == .file)
        #expect(sources["zone"]?.source == .overlay)
        #expect(sources["language"]?.source == .default)
        #expect(sources["auth.accessTokenTtlSeconds"]?.source == .file)
        #expect(sources["auth.refreshTokenTtlSeconds"]?.value == .null)
        #expect(sources["auth.refreshTokenTtlSeconds"]?.source == .default)
        #expect(sources["channels.sms.driver"]?.value == "capture")
        #expect(sources["plugins.visits.opens"]?.source == .overlay)
        #expect(sources["plugins.visits.codeLength"]?.source == .file)
        #expect(sources["plugins.visits.closes"]?.source == .default)
        #expect(sources["plugins.visits.closes"]?.value == 18)
        #expect(sources["plugins.visits.token"]?.value == ["$env": "T"])
    }

    @Test func `are checked as a whole`() throws {
        func mistakes(_ patch: JSON) -> [String] {
            do {
                _ = try settings(patch)
                return []
            } catch let invalid as Invalid {
                return invalid.mistakes.map { "\($0.pointer): \($0.message)\($0.offset == nil ? "" : " (offset)")" }
            } catch { return ["\(error)"] }
        }
        #expect(
            mistakes(["language": "fr", "languages": ["en"], "plugins": ["visits": ["opens": 19]]]) == [
                "/plugins/visits/closes: must be later than opens, 19", "/language: must be one of languages: en",
            ])
        #expect(mistakes(["auth": ["refreshTokenTtlSeconds": 1], "colour": "red"]).count == 2)
        #expect(mistakes(["name": .null]) == ["/name: is required"])
    }

    @Test func `cannot be overlaid where they are locked`() throws {
        #expect(try refusals(["name": "x", "auth": ["refreshTokenTtlSeconds": 86_400], "plugins": [:]]) == [])
        #expect(try refusals([:]) == [])
        #expect(try refusals(["auth": ["accessTokenTtlSeconds": 60]]) == ["locked auth.accessTokenTtlSeconds"])
        #expect(try refusals(["tls": ["hstsSeconds": 0]]) == [])
        #expect(try refusals(["tls": ["key": .null]]) == ["locked tls.key"])
        #expect(try refusals(["auth": .null]) == ["locked auth.accessTokenTtlSeconds"])
        #expect(try refusals(["auth": ["accessTokenTtlSeconds": ["x": 1]]]) == ["locked auth.accessTokenTtlSeconds"])
        #expect(
            try refusals(["locked": [], "state": "suspended", "domains": ["a.example"]]) == [
                "locked locked", "locked state", "locked domains",
            ])
        #expect(
            try refusals(["plugins": ["visits": ["codeLength": 8, "opens": 9]], "zone": "UTC"]) == [
                "locked plugins.visits.codeLength"
            ])
    }

    @Test func `cannot be overlaid to enable plugins or to name secrets`() throws {
        #expect(try refusals(["plugins": ["chess": ["a": 1]]]) == ["pluginNotInFile plugins.chess"])
        #expect(try refusals(["plugins": ["chess": [:]]]) == ["pluginNotInFile plugins.chess"])
        let visits = try SettingsOverlay(["plugins": ["visits": .null]]).refusals(by: settings([:]).values)
        #expect(visits.map(\.reason) == [.locked])
        let unlocked = try TenantSettings(
            content: Array(#"{"name":"L","plugins":{"visits":{}}}"#.utf8), reader: reader
        ).values
        #expect(
            SettingsOverlay(["plugins": ["visits": .null]]).refusals(by: unlocked).map(\.reason) == [.pluginNotInFile])
        #expect(SettingsOverlay(["plugins": .null]).refusals(by: unlocked).map(\.reason) == [.pluginNotInFile])
        #expect(
            try refusals(["plugins": ["visits": ["token": ["$file": "/etc/shadow"]]]]) == [
                "secret plugins.visits.token.$file"
            ])
        #expect(try refusals(["cors": ["origins": [["a": [["$env": "HOME"]]]]]]) == ["secret cors.origins"])
        #expect(try refusals("x") == ["notAnObject "])
    }

    @Test func `have the file's value again once a path is locked`() throws {
        let settings = try settings(["auth": ["accessTokenTtlSeconds": 60], "name": "West", "plugins": ["chess": [:]]])
        #expect(settings.values.auth.accessTokenTtlSeconds == 900)
        #expect(settings.values.name == "West")
        #expect(settings.source(of: SettingsPath(["auth", "accessTokenTtlSeconds"])) == .file)
        #expect(try self.settings("not an object").values.name == "Lumen")
    }

    @Test func `take one change after another`() throws {
        let overlay = SettingsOverlay(["name": "A", "auth": ["refreshTokenTtlSeconds": 3600]])
            .patched(with: ["auth": ["refreshTokenTtlSeconds": .null], "zone": "UTC"])
        #expect(overlay.patch == ["name": "A", "auth": ["refreshTokenTtlSeconds": .null], "zone": "UTC"])
    }
}
