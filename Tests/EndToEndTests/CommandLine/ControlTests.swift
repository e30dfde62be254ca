import Testing

@Suite struct `Commands to a running host` {
    @Test func `rotate a signing key while old tokens stay good, and offline when no host runs`() async throws {
        let demo = try await PorticoProcess.start()
        let person = try await demo.signIn()
        func kids(_ demo: PorticoProcess) async throws -> Int {
            try await demo.send(.get("/.well-known/jwks.json")).json(if: 200)["keys"].elements.count
        }
        #expect(try await kids(demo) == 1)
        let data = ["--data", demo.place.data]
        let program = try #require(Repository.program)
        let rotated = try await Command.run([program, "key", "rotate", "--signing", "lumen"] + data)
        #expect(rotated.ending == .exit(0) && rotated.output.contains("signs from now on"), "\(rotated.output)")
        #expect(try await kids(demo) == 2)
        #expect(try await demo.send(.get("/api/customer/profile").by(person)).status == 200)
        let reloaded = try await Command.run([program, "reload"] + data)
        #expect(reloaded.ending == .exit(0) && reloaded.output.contains("0 changed"), "\(reloaded.output)")
        let unknown = try await Command.run([program, "key", "rotate", "--signing", "nobody"] + data)
        #expect(unknown.ending == .exit(1) && unknown.output.contains("there is no tenant nobody"))
        try await demo.kill()
        let offline = try await Command.run(
            [program, "key", "rotate", "--signing", "lumen", "--demo", "--tenants", demo.place.tenants] + data)
        #expect(offline.ending == .exit(0), "\(offline.output)")
        #expect(try await Command.run([program, "reload"] + data).ending == .exit(1), "no host runs")
        let again = try await PorticoProcess.start(demo.place)
        #expect(try await kids(again) == 3)
    }
}
