import Testing

/// Every route of every plugin of the program and of the host, as the program itself lists them: a new one is in here by
/// itself.
struct ListedRoute: Sendable, CustomTestStringConvertible {
    let method: String, path: String, plugin: String, access: String
    /// What serves it: `sign-in`, `host`, or the kind of its handler.
    let kind: String
    /// How it keeps to the reach of its permission.
    let reach: String?

    var testDescription: String { "\(method) \(path)" }
    /// Whether a stranger is let in.
    var isOpen: Bool { access.hasPrefix("anyone") }

    /// A request with the same in the place of every parameter.
    func request(_ id: String = "x") -> HTTPRequest {
        let path = path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix("{") ? id : String($0) }.joined(separator: "/")
        return method == "GET"
            ? HTTPRequest(path: path) : HTTPRequest(method: method, path: path, json: "{}")
    }

    static func all() async throws -> [ListedRoute] {
        let listed = try await Command.portico("routes", "--json")
        guard listed.ending == .exit(0) else { throw Failure("no list of routes: \(listed.output)") }
        return try JSON(Array(listed.output.utf8)).elements.map { line in
            guard let method = line["method"].string, let path = line["path"].string,
                let plugin = line["plugin"].string, let access = line["access"].string,
                let kind = line["kind"].string
            else { throw Failure("not a route: \(line)") }
            return ListedRoute(
                method: method, path: path, plugin: plugin, access: access, kind: kind, reach: line["reach"].string)
        }
    }
}

@Suite struct `The isolation proof` {
    /// A tenant with every plugin that the program has.
    static let home = "northgate"
    static let other = "lumen"

    /// The routes that want somebody signed in.
    private static func closed() async throws -> [ListedRoute] {
        let routes = try await ListedRoute.all().filter { !$0.isOpen }
        #expect(Set(routes.map(\.plugin)).isSuperset(of: ["appointments", "portico"]))
        return routes
    }

    @Test func `no credential, and none that is forged, opens any route`() async throws {
        let demo = try await SharedDemo.process()
        let good = try await demo.signIn("+15550100001", at: Self.home).accessToken
        let parts = good.split(separator: ".").map(String.init)
        let forged = [
            "x", parts[0] + "." + parts[1] + ".", "eyJhbGciOiJub25lIn0." + parts[1] + ".",
            parts[0] + "." + parts[1] + "." + String(parts[2].reversed()), parts[0] + ".e30." + parts[2],
        ]
        for route in try await Self.closed() {
            let stranger = try await demo.send(route.request(), to: Self.home)
            // A WebSocket may bring its credential as its first message, so that it is no handshake that is refused here.
            let expected = route.kind == "websocket" ? 426 : 401
            #expect(stranger.status == expected, "\(route.testDescription) without a credential")
            for token in forged {
                let request = route.request().with("Authorization", "Bearer \(token)")
                let answer = try await demo.send(request, to: Self.home)
                #expect(answer.status == 401, "\(route.testDescription) with a forged credential")
            }
        }
    }

    @Test func `no credential of another tenant opens any route`() async throws {
        let demo = try await SharedDemo.process()
        // The same person, of the same number, is a customer of both.
        let elsewhere = try await demo.signIn("+15550100002", at: Self.other)
        for route in try await Self.closed() {
            let answer = try await demo.send(route.request().by(elsewhere), to: Self.home)
            #expect(answer.status == 401, "\(route.testDescription) with another tenant's credential")
        }
    }

    @Test func `no lower role opens what it does not allow, and nobody acts for a stranger`() async throws {
        let demo = try await SharedDemo.process()
        let customer = try await demo.signIn("+15550100003", at: Self.home)
        let me = try await demo.send(.get("/_portico/v1/me").by(customer), to: Self.home).json(if: 200)
        let stranger = try await demo.signIn("+15550100004", at: Self.home)
        let strangerID = try await demo.send(.get("/_portico/v1/me").by(stranger), to: Self.home).json(if: 200)["id"]
        var refused = 0
        for route in try await Self.closed() {
            let acting = route.request().by(customer).with("X-Acting-For", strangerID.string ?? "")
            #expect(try await demo.send(acting, to: Self.home).status == 403, "\(route.testDescription) for a stranger")
            guard route.access != "member" else { continue }
            let held = me["permissions"][route.plugin].elements.compactMap(\.string)
            guard route.reach == "whole" || !held.contains(route.access) else { continue }
            let answer = try await demo.send(route.request().by(customer), to: Self.home)
            #expect(answer.status == 403, "\(route.testDescription) with a customer's credential")
            refused += 1
        }
        #expect(refused > 15, "the host's own routes at least")
    }

    @Test func `no customer sees or touches another one's object`() async throws {
        let demo = try await SharedDemo.process()
        let owner = try await demo.signIn("+15550100005", at: Self.home)
        let another = try await demo.signIn("+15550100006", at: Self.home)
        let slot = try #require(try await demo.slots(daysAhead: 20, at: Self.home).first)
        let booked = try await demo.send(.post("/api/customer/appointments", slot.booking).by(owner), to: Self.home)
            .json(if: 201)
        // What is there to be seen, by plugin; a plugin with such routes and without an object here fails below.
        let call = try await demo.callOfOne(at: Self.home)
        let ana = try await demo.signIn(medical: "ana.silva@northgate.example", at: Self.home)
        let objects = [
            "appointments": (id: try #require(booked["id"].string), owner: owner, another: another),
            "sales-tasks": (id: call.id, owner: call.one.signedIn, another: call.two.signedIn),
            // The demo's only case, with its first task and thread.
            "legal-cases": (
                id: "1", owner: try await demo.signIn(legal: "john.doe", at: Self.home),
                another: try await demo.signIn(legal: "erin.park", at: Self.home)
            ),
            "medical-opinion": (
                id: try await demo.secondOpinion(of: ana, at: Self.home), owner: ana,
                another: try await demo.signIn(medical: "new.customer@northgate.example", at: Self.home)
            ),
        ]
        let routes = try await Self.closed().filter {
            $0.reach == "object" || $0.access == "member" && $0.path.contains("{")
        }
        var seen: Set<String> = []
        for route in routes where route.plugin != "portico" {
            let (id, owner, another) = try #require(objects[route.plugin], "nothing of \(route.plugin) to be seen")
            let answer = try await demo.send(route.request(id).by(another), to: Self.home)
            let me = try await demo.send(.get("/_portico/v1/me").by(another), to: Self.home).json(if: 200)
            let held = me["permissions"][route.plugin].elements.compactMap(\.string)
            guard route.access == "member" || held.contains(route.access) else {
                // Staff's business: refused whatever the object.
                #expect(answer.status == 403, "\(route.testDescription): \(answer.status)")
                continue
            }
            // A body may be wrong, or no form, before the object is looked for.
            let isWrong = answer.status == 400 || answer.status == 415
            let isHidden = answer.status == 404 || isWrong && !["GET", "DELETE"].contains(route.method)
            #expect(isHidden, "\(route.testDescription): \(answer.status)")
            if route.method == "GET", try await demo.send(route.request(id).by(owner), to: Self.home).status == 200 {
                seen.insert(route.plugin)
            }
        }
        #expect(seen.isSuperset(of: objects.keys), "its owner sees it")
    }
}
