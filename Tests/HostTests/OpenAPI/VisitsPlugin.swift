import PluginAPI

@testable import Host

struct Room: Described {
    var name: String
    static let schema = Schema.object(Self.init(name:), Field("name", \.name, .string(1...40), note: "On the <door>"))
}

struct Visit: Described {
    var id: String
    var room: Room?
    var tags: [String]
    static let schema = Schema.object(
        Self.init(id:room:tags:), Field("id", \.id, .string(1...40)), Field("room", \.room, .optional(Room.schema)),
        Field("tags", \.tags, .list(.string(1...10), 0...5)))
}

struct Search: Described {
    var from: String?
    var page: Int
    static let schema = Schema.object(
        Self.init(from:page:), Field("from", \.from, .optional(.string(0...20)), in: .query, note: "The first day"),
        Field("page", \.page, .int(1...1000), in: .query, default: 1))
}

struct NewVisit: Described {
    var phone: Phone
    var room: Room
    static let schema = Schema.object(
        Self.init(phone:room:), Field("phone", \.phone, Phone.schema), Field("room", \.room, Room.schema))
}

struct Chosen: Described {
    var id: String
    var trace: String?
    static let schema = Schema.object(
        Self.init(id:trace:), Field("id", \.id, .string(1...40), in: .path),
        Field("trace", \.trace, .optional(.string(0...40)), in: .header))
}

enum VisitRefusal: Refusal {
    case taken, unwell
    var problem: Problem {
        switch self {
        case .taken: Problem(409, "TIME_SLOT_CONFLICT", "Taken.", details: ["alternatives": ["09:00"]])
        case .unwell: Problem(451, "UNWELL", "Stay at home.")
        }
    }
}

/// A plugin with one route of every kind.
struct Visits: Plugin {
    static let see = Permission("read:visits", "See visits")
    static let manifest = Manifest<Self>(
        id: "visits", summary: "Visits & more.", dialect: .clinic, prefixes: ["/visits", "/auth"], permissions: [see],
        roles: [Role("guest", "", needs: .any, allows: [.init(see, .own)])],
        signIns: [
            .phone(
                PhoneSignInPaths(
                    request: "/auth", verify: "/auth/verify", refresh: "/auth/refresh", logout: "/auth/logout"),
                role: "guest", member: "guest", account: Self.account, enrol: Self.enrol)
        ],
        routes: [
            .get("/visits", .reading(Self.list), needs: .listing(see), "All visits."),
            .post(
                "/visits", .transactional(Self.make), needs: .member,
                limits: [.per("phone", { $0.phone.text }, .init(3, each: .seconds(3600)))],
                refuses: [VisitRefusal.self], "Books a visit."),
            .get("/visits/{id}", .reading(Self.get), needs: .permission(see, of: Self.subject)),
            .delete("/visits/{key}", .asynchronous(Self.drop), needs: .member),
            .get("/visits/{id}/file", .asynchronous(Self.file), needs: .member),
            .post(
                "/visits/photos", .receiving(Self.photo), needs: .member, notTransactionalBecause: "files are streamed"),
            .get("/visits/a-b", .asynchronous(Self.about), needs: .anyone(because: "it says <what> this is")),
            .get("/visits/a/b", .asynchronous(Self.about), needs: .anyone(because: "the name would be the same")),
        ],
        limits: [RateLimit(per: .person, [.init(100, each: .seconds(60)), .init(1000, each: .seconds(86_400))])])

    init(settings: Nothing, services: Services) {}
    func account(_ person: PersonID, _ tx: borrowing ReadTransaction) throws -> Room { Room(name: "") }
    func enrol(_ person: PersonID, _ tx: borrowing Transaction) throws {}
    func list(_ search: Search, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Page<Visit> {
        Page([], PageNumbers(page: search.page, limit: 20, total: 0))
    }
    func make(_ new: NewVisit, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Visit {
        Visit(id: "1", room: new.room, tags: [])
    }
    func get(_ chosen: Chosen, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Visit {
        Visit(id: chosen.id, room: nil, tags: [])
    }
    func subject(_ chosen: Chosen, _ tx: borrowing ReadTransaction) throws -> Subject? { nil }
    func drop(_ key: Key, _ call: Call<Member>) async throws -> NoContent { NoContent() }
    func file(_ chosen: Chosen, _ call: Call<Member>) async throws -> Content {
        Content(.bytes([]), mediaType: "text/plain")
    }
    func photo(_ nothing: Nothing, _ body: ByteStream, _ call: Call<Member>) async throws -> Room { Room(name: "") }
    func about(_ call: Call<Anyone>) async throws -> [Room] { [] }

    struct Key: Described {
        var key: String
        static let schema = Schema.object(Self.init(key:), Field("key", \.key, .string(1...40), in: .path))
    }
}

/// A plugin of the given dialect, with a `Room` that means something else.
enum OtherRoom {
    struct Room: Described {
        var doors: Int
        static let schema = Schema.object(Self.init(doors:), Field("doors", \.doors, .int(0...9)))
    }
}

struct Halls: Plugin {
    static let manifest = Manifest<Self>(
        id: "big-halls", summary: "Halls.", dialect: .bare, prefixes: ["/halls"],
        routes: [
            .get("/halls/", .asynchronous(Self.list), needs: .member),
            .get("/halls/first/", .asynchronous(Self.first), needs: .member),
            .get("/halls/meta/", .asynchronous(Self.meta), needs: .member),
        ])
    init(settings: Nothing, services: Services) {}
    func list(_ call: Call<Member>) async throws -> Page<OtherRoom.Room> {
        Page([], PageNumbers(page: 1, limit: 1, total: 0))
    }
    func first(_ call: Call<Member>) async throws -> OtherRoom.Room { OtherRoom.Room(doors: 1) }
    func meta(_ call: Call<Member>) async throws -> Meta { Meta(x: 1) }

    struct Meta: Described {
        var x: Int
        static let schema = Schema.object(Self.init(x:), Field("x", \.x, .int(0...9)))
    }
}

/// The plugins, with the halls in every dialect, so that all wrappers are in one document.
func everything(halls: Bool = true) -> APIDocument {
    let copies = Dialect.allCases.map { dialect -> DocumentedPlugin in
        let manifest = Halls.manifest
        let mounts = Visits.manifest.signIns.map { signIn -> SignInMount in
            let declaration = signIn.declaration
            return SignInMount(
                SignInDeclaration(
                    method: declaration.method, roles: declaration.roles, registers: declaration.registers,
                    paths: declaration.paths.map { ($0.step, "/\(dialect.rawValue)\($0.path)") },
                    account: declaration.account), dialect)
        }
        return DocumentedPlugin(
            id: "\(dialect.rawValue)-desk", summary: "Signs in.", dialect: dialect,
            routes: dialect == .bare ? manifest.routes.map(\.declaration) : [], signIns: mounts, isEnabled: halls)
    }
    return APIDocument(
        tenant: "Lumen & Co", origin: "http://lumen.localhost", version: "1.2.3",
        plugins: [DocumentedPlugin(Visits.manifest), DocumentedPlugin(Halls.manifest, isEnabled: false)] + copies)
}
