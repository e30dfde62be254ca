import PluginAPI

/// A plugin that asks another server, and knows who signed in.
struct Asker: Plugin {
    static let manifest = Manifest<Self>(
        id: "asker", summary: "Asks.", dialect: .problem, prefixes: ["/ask"],
        roles: [Role("GUEST", "Asks.", needs: .any, allows: [])],
        migrations: [
            Migration(
                "001-guests",
                "CREATE TABLE asker_guest (person TEXT NOT NULL, plugin TEXT NOT NULL, role TEXT NOT NULL, at INTEGER) STRICT"
            )
        ],
        signIns: [
            .password(.under("/ask/auth"), roles: ["GUEST"])
        ],
        routes: [
            .get("/ask", .asynchronous(Self.ask), needs: .anyone(because: "a test")),
            .get("/ask/guests", .reading(Self.guests), needs: .anyone(because: "a test")),
            .get("/ask/many", .asynchronous(Self.askMany), needs: .anyone(because: "a test")),
        ],
        listeners: [.on(Self.signedIn)])

    let settings: AskerSettings
    let peers: any Peers

    init(settings: AskerSettings, services: Services) {
        self.settings = settings
        peers = services.peers
    }

    func ask(_ call: Call<Anyone>) async throws -> Seen {
        let request = PeerRequest.post("/echo?loud=1", to: settings.server, json: ["question": "why"])
            .within(.seconds(settings.seconds)).upTo(1000)
        let answer: PeerAnswer
        do {
            answer = try await peers.send(request)
        } catch let failure as PeerFailure where settings.tells {
            return Seen(text: Self.word(failure))
        }
        return Seen(text: "\(answer.status) \(try answer.json().member("answer")?.string ?? "")")
    }

    /// How many of 20 at once had no place.
    func askMany(_ call: Call<Anyone>) async throws -> Seen {
        let refused = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 {
                group.addTask { [self] in
                    do {
                        _ = try await peers.send(.get("/slow", from: settings.server))
                        return false
                    } catch { return error as? PeerFailure == .busy }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        return Seen(text: "\(refused)")
    }

    func guests(_ tx: borrowing ReadTransaction, _ call: Call<Anyone>) throws -> [Seen] {
        try tx.values("SELECT person || ' ' || plugin || ' ' || role || ' ' || at FROM asker_guest", as: String.self)
            .map { Seen(text: $0) }
    }

    func signedIn(_ event: PersonSignedIn, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try tx.run(
            """
            INSERT INTO asker_guest (person, plugin, role, at)
            VALUES (\(event.person), \(event.plugin), \(event.role), \(event.at.microseconds))
            """)
    }

    private static func word(_ failure: PeerFailure) -> String {
        switch failure {
        case .leftAlone: "leftAlone"
        case .misconfigured(let reason): "misconfigured: \(reason)"
        default: "\(failure)"
        }
    }
}

struct AskerSettings: Described {
    let server: Peer
    let seconds: Int
    let tells: Bool
    static let schema = Schema.object(
        Self.init(server:seconds:tells:), Field("server", \.server, Peer.schema),
        Field("seconds", \.seconds, .int(1...600), default: 30), Field("tells", \.tells, .bool, default: true))
}
