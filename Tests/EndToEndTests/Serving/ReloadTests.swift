import Glibc
import Testing

@Suite struct `A reload` {
    private static func tenant(_ name: String, origins: String = "") -> String {
        """
        {
          "name": "\(name)",
          "defaultDialect": "clinic",
          "cors": { "origins": [\(origins)] },
          "plugins": { "appointments": {} }
        }
        """
    }

    private static let listed = HTTPRequest.get("/api/customer/branches", ("Origin", "https://app.example.com"))

    @Test func `brings in what changed and drops no connection`() async throws {
        let tenants = try TemporaryFolder()
        try tenants.write(Self.tenant("Alpha"), to: "alpha/tenant.json")
        let demo = try await PorticoProcess.start(DemoPlace(tenants: tenants.path))
        let alpha = try demo.connect("alpha")
        let beta = try demo.connect("beta")
        #expect(try await alpha.send(Self.listed).field("Access-Control-Allow-Origin") == nil)
        #expect(try await beta.send(Self.listed).status == 404)

        try tenants.write(Self.tenant("Alpha", origins: "\"https://app.example.com\""), to: "alpha/tenant.json")
        try tenants.write(Self.tenant("Beta"), to: "beta/tenant.json")
        demo.signal(SIGHUP)
        // The same two connections all along: had one been dropped, sending would throw.
        let status = try await eventually("the new tenant") {
            let answer = try await beta.send(Self.listed)
            return answer.status == 404 ? nil : answer.status
        }
        #expect(status == 200)
        let origin = try await eventually("the new origin") {
            try await alpha.send(Self.listed).field("Access-Control-Allow-Origin")
        }
        #expect(origin == "https://app.example.com")
    }

    @Test func `keeps a tenant whose file went bad, and says so`() async throws {
        let tenants = try TemporaryFolder()
        try tenants.write(Self.tenant("Alpha"), to: "alpha/tenant.json")
        let demo = try await PorticoProcess.start(DemoPlace(tenants: tenants.path))
        let alpha = try demo.connect("alpha")
        #expect(try await alpha.send(Self.listed).status == 200)

        try tenants.write("{ \"name\": ", to: "alpha/tenant.json")
        try tenants.write(Self.tenant("Beta"), to: "beta/tenant.json")
        demo.signal(SIGHUP)
        let beta = try demo.connect("beta")
        _ = try await eventually("the new tenant") {
            try await beta.send(Self.listed).status == 200 ? true : nil
        }
        #expect(try await alpha.send(Self.listed).status == 200)
        #expect(demo.log.contains("alpha/tenant.json"))
    }

    @Test func `takes away a tenant whose folder is gone`() async throws {
        let tenants = try TemporaryFolder()
        try tenants.write(Self.tenant("Alpha"), to: "alpha/tenant.json")
        try tenants.write(Self.tenant("Beta"), to: "beta/tenant.json")
        let demo = try await PorticoProcess.start(DemoPlace(tenants: tenants.path))
        let beta = try demo.connect("beta")
        #expect(try await beta.send(Self.listed).status == 200)
        try tenants.remove("beta")
        demo.signal(SIGHUP)
        _ = try await eventually("the tenant's end") {
            try await beta.send(Self.listed).status == 404 ? true : nil
        }
        #expect(try await demo.send(Self.listed, to: "alpha").status == 200)
    }

    @Test func `a broken tenant is left out while the others serve`() async throws {
        let tenants = try TemporaryFolder()
        try tenants.write(Self.tenant("Alpha"), to: "alpha/tenant.json")
        try tenants.write(#"{ "name": "Beta", "zone": "Mars/Olympus" }"#, to: "beta/tenant.json")
        let demo = try await PorticoProcess.start(DemoPlace(tenants: tenants.path))
        #expect(try await demo.send(Self.listed, to: "alpha").status == 200)
        #expect(try await demo.send(Self.listed, to: "beta").status == 404)
        #expect(demo.log.contains("beta/tenant.json"))
    }

    @Test(arguments: [("readOnly", 200, 403), ("suspended", 503, 503)])
    func `a tenant's state holds for reads and writes`(state: String, read: Int, write: Int) async throws {
        let tenants = try TemporaryFolder()
        try tenants.write(
            #"{ "name": "Alpha", "state": "\#(state)", "plugins": { "appointments": {} } }"#, to: "alpha/tenant.json")
        let demo = try await PorticoProcess.start(DemoPlace(tenants: tenants.path))
        #expect(try await demo.send(Self.listed, to: "alpha").status == read)
        let asked = HTTPRequest.post("/customer/auth", #"{"phone":"+15550100001"}"#)
        #expect(try await demo.send(asked, to: "alpha").status == write)
    }
}
