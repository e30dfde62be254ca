import Testing

@Suite struct `The command line` {
    @Test func `explains itself`() async throws {
        let help = try await Command.portico("--help")
        #expect(help.ending == .exit(0))
        for command in ["serve", "check", "routes", "openapi", "version"] { #expect(help.output.contains(command)) }
        for command in ["serve", "check", "routes", "openapi", "version"] {
            let one = try await Command.portico(command, "--help")
            #expect(one.ending == .exit(0))
            #expect(one.output.contains(command))
        }
    }

    @Test func `refuses what it does not know, with a status of its own`() async throws {
        for arguments in [["fly"], ["serve", "--wings"], ["serve", "--port", "many"]] {
            let refused = try await Command.run([try #require(Repository.program)] + arguments)
            #expect(refused.ending != .exit(0))
            #expect(!refused.output.isEmpty)
        }
    }

    @Test func `says its version`() async throws {
        let version = try await Command.portico("version")
        #expect(version.ending == .exit(0))
        #expect(version.output.contains { $0.isNumber })
    }

    @Test func `lists every route`() async throws {
        let routes = try await Command.portico("routes")
        #expect(routes.ending == .exit(0))
        #expect(routes.output.contains("/api/customer/appointments"))
    }

    @Test func `finds the repository's tenants right`() async throws {
        // The demo names plugins that are not in this build; that is a notice there and nowhere else.
        let check = try await Command.portico("check", "--demo", "--tenants", Repository.path + "/tenants")
        #expect(check.ending == .exit(0))
    }

    @Test func `finds every mistake in a tenant's file, with its place and what is allowed`() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            {
              "name": "Lumen",
              "zone": "Mars/Olympus",
              "plugins": {
                "appointments": {
                  "slotGridMinutes": 1
                }
              },
              "colour": "red"
            }
            """, to: "lumen/tenant.json")
        try folder.write("{\n  \"name\": \"Broken\",\n  oops\n}\n", to: "broken/tenant.json")
        try folder.write("{ \"name\": \"Fine\", \"plugins\": { \"appointments\": {} } }", to: "fine/tenant.json")
        let check = try await Command.portico("check", "--tenants", folder.path)
        #expect(check.ending != .exit(0))
        #expect(check.output.contains("lumen/tenant.json:3:"))
        #expect(check.output.contains("#/zone"))
        #expect(check.output.contains("lumen/tenant.json:6:"))
        #expect(check.output.contains("#/plugins/appointments/slotGridMinutes"))
        #expect(check.output.contains("5 to 240"))
        #expect(check.output.contains("lumen/tenant.json:9:"))
        #expect(check.output.contains("#/colour"))
        #expect(check.output.contains("broken/tenant.json:3:"))
        #expect(!check.output.contains("fine/tenant.json:"))
    }

    @Test func `the demo binds to loopback only`() async throws {
        let folder = try TemporaryFolder()
        let refused = try await Command.portico(
            "serve", "--demo", "--host", "0.0.0.0", "--port", "0", "--tenants",
            Repository.path + "/tenants", "--data", folder.path + "/data")
        #expect(refused.ending != .exit(0))
        #expect(refused.output.contains("loopback"))
    }
}
