import PluginAPI
import Testing

@testable import Host

@Suite struct `The limits of a sign-in` {
    private static let steps: [(dialect: Dialect, step: MountedStep)] = [
        PluginDefinition(EnvelopeLobby.self), PluginDefinition(ClinicLobby.self), PluginDefinition(BareLobby.self),
        PluginDefinition(StatusLobby.self),
    ].flatMap { plugin in plugin.signIns.flatMap(\.steps).map { (plugin.dialect, $0) } }

    private func window(_ count: Int, _ seconds: Int) -> RateLimit.Window { .init(count, each: .seconds(seconds)) }

    @Test func `are by address at every step, and by name too where a step takes one`() {
        for (_, step) in Self.steps {
            #expect(step.limits.contains { $0.key == .address && !$0.windows.isEmpty }, "\(step.path)")
            let takesName: Set<SignInStep> = [.requestCode, .verifyCode, .login, .forgotPassword, .register]
            let isByName = step.limits.contains { if case .field = $0.key { true } else { false } }
            #expect(isByName == takesName.contains(step.step), "\(step.path)")
        }
    }

    @Test func `of guesses are those of the seeds`() {
        let expected: [Dialect: [RateLimit.Window]] = [
            // Seed 000 §10.1, seed 002 §3.1; seeds 003 and 004 say nothing of one account.
            .envelope: [window(10, 3600), window(50, 86_400)], .clinic: [window(5, 900)],
            .bare: [window(10, 60), window(60, 3600)], .status: [window(10, 60), window(60, 3600)],
        ]
        for (dialect, step) in Self.steps where step.step == .login {
            let limit = step.limits.first { if case .field = $0.key { true } else { false } }
            #expect(limit?.windows == expected[dialect], "\(step.path)")
        }
    }

    @Test func `of an address are those of the seeds`() {
        for (dialect, step) in Self.steps {
            let limit = step.limits.first { $0.key == .address }
            switch dialect {
            // Seed 003: 100 in a minute and 1000 in an hour. Seed 004, public: 60 in a minute.
            case .bare: #expect(limit?.windows == [window(100, 60), window(1000, 3600)], "\(step.path)")
            case .status: #expect(limit?.windows == [window(60, 60)], "\(step.path)")
            case .envelope, .clinic, .problem: #expect(limit?.windows.first == window(60, 60), "\(step.path)")
            }
        }
    }

    @Test(arguments: [
        ("/v1/portal/auth/login", "email", 10), ("/v1/auth/login", "email", 5), ("/api/token/", "username", 10),
        ("/admin/login", "username", 10), ("/user/login", "username", 10),
    ])
    func `hold for one name at one address, whether or not somebody has it`(path: String, field: String, count: Int)
        async throws
    {
        try await withLobbies { portal in
            for name in ["jane", "nobody"] {
                let identifier = field == "email" ? "\(name)@lobby.example" : name
                let body = #"{"\#(field)":"\#(identifier)","password":"Wrong#Passage-1"}"#
                for _ in 0..<count {
                    let status = try await portal.post(path, body).status
                    #expect(status == 401 || status == 423)
                }
                let surplus = try await portal.post(path, body)
                #expect(surplus.status == 429 && surplus.field("x-ratelimit-limit") == "\(count)")
                #expect(surplus.field("x-ratelimit-remaining") == "0")
                #expect(surplus.field("retry-after") == surplus.field("x-ratelimit-retry-after"))
                #expect(Int(surplus.field("retry-after") ?? "").map { $0 >= 1 } == true)
                let other = body.replacing(identifier, with: "x" + identifier)
                #expect(try await portal.post(path, other).status == 401, "another name has its own count")
            }
        }
    }

    @Test(arguments: [
        ("/v1/portal/auth/refresh", "refreshToken", 60), ("/v1/auth/refresh", "refreshToken", 60),
        ("/customer/auth/refresh", "refreshToken", 60), ("/api/token/refresh/", "refresh", 100),
        ("/admin/refresh", "refreshToken", 60), ("/user/refresh", "refreshToken", 60),
    ])
    func `hold for one address, counted before anything is read`(path: String, field: String, count: Int) async throws {
        try await withLobbies { portal in
            for _ in 0..<count {
                #expect(try await portal.post(path, #"{"\#(field)":"made-up"}"#).status == 401)
            }
            let surplus = try await portal.post(path, "no JSON")
            #expect(surplus.status == 429 && surplus.field("x-ratelimit-limit") == "\(count)")
        }
    }
}
