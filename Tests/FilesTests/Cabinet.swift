import PluginAPI
import PluginTestKit

/// A plugin whose people keep folders: each is one person's, and clerks see those of the whole tenant.
struct Cabinet: Plugin {
    static let readFolders = Permission("read:folders", "See folders")
    static let writeFolders = Permission("write:folders", "Keep folders")
    static let files = "/cabinet/files"

    static let manifest = Manifest<Self>(
        id: "cabinet", summary: "Folders.", dialect: .envelope, prefixes: ["/cabinet"],
        permissions: [readFolders, writeFolders],
        roles: [
            Role(
                "customer", "Has folders.", needs: .any, allows: [.init(readFolders, .own), .init(writeFolders, .own)]),
            Role("reader", "Sees folders.", needs: .any, allows: [.init(readFolders, .tenant)]),
            Role(
                "OWNER", "Runs it.", needs: .passwordOrFederated, allows: [.init(Permission("*:folders"), .tenant)],
                administersTenant: true),
        ],
        migrations: [
            Migration(
                "001",
                "CREATE TABLE cabinet_folder (id TEXT PRIMARY KEY, person_id TEXT NOT NULL) STRICT, WITHOUT ROWID")
        ],
        routes: [
            .post("/cabinet/folders", .transactional(Self.add), needs: .own(writeFolders)),
            .get("/cabinet/folders/{id}", .reading(Self.list), needs: .permission(readFolders, of: Self.subject)),
            .delete(
                "/cabinet/folders/{id}/{file}", .transactional(Self.take),
                needs: .permission(writeFolders, of: Self.subjectOfFile)),
            .post(
                "/cabinet/reports", .asynchronous(Self.report), needs: .own(writeFolders),
                notTransactionalBecause: "it makes a file"),
        ] + Route.files(at: files),
        files: [
            .attached(to: "folder", readBy: readFolders, changedBy: writeFolders, Self.folder),
            .attached(to: "memo", keptFor: .seconds(3 * 86_400), readers: Self.readers),
        ])

    init(settings: Nothing, services: Services) {}

    struct NewFolder: Described {
        var files: [FileID]
        var memo: Bool
        static let schema = Schema.object(
            Self.init(files:memo:), Field("files", \.files, .list(FileID.schema)),
            Field("memo", \.memo, .bool, default: false))
    }

    struct Folder: Described {
        var id: String
        var files: [FileShown]
        static let schema = Schema.object(
            Self.init(id:files:), Field("id", \.id, .string(1...64)), Field("files", \.files, .list(FileShown.schema)))
    }

    struct FolderNamed: Described {
        var id: String
        static let schema = Schema.object(Self.init(id:), Field("id", \.id, .string(1...64), in: .path))
    }

    struct FileInFolder: Described {
        var id: String
        var file: FileID
        static let schema = Schema.object(
            Self.init(id:file:), Field("id", \.id, .string(1...64), in: .path),
            Field("file", \.file, FileID.schema, in: .path))
    }

    func add(_ new: NewFolder, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> Folder {
        let id = tx.newID("fol")
        try tx.run("INSERT INTO cabinet_folder (id, person_id) VALUES (\(id), \(call.caller.id))")
        let kind = new.memo ? "memo" : "folder"
        try tx.attach(new.files, to: Subject(kind, id: id, owner: call.caller.id), field: "files")
        return Folder(id: id, files: try tx.files(of: kind, id: id).map { FileShown($0, at: Self.files) })
    }

    func list(_ named: FolderNamed, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Folder {
        Folder(id: named.id, files: try tx.files(of: "folder", id: named.id).map { FileShown($0, at: Self.files) })
    }

    func take(_ named: FileInFolder, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        try tx.detach(named.file, from: Subject("folder", id: named.id))
        return NoContent()
    }

    func report(_ call: Call<Member>) async throws -> FileShown {
        _ = call.caller.id
        let made = try await call.files.add(
            Array("%PDF-1.7 report".utf8), named: "report", mediaType: "application/pdf")
        return FileShown(made, at: Self.files)
    }

    func folder(_ id: String, _ tx: borrowing ReadTransaction) throws -> Subject? {
        let owner: PersonID? = try tx.value("SELECT person_id FROM cabinet_folder WHERE id = \(id)")
        return owner.map { Subject("folder", id: id, owner: $0) }
    }

    func subject(_ named: FolderNamed, _ tx: borrowing ReadTransaction) throws -> Subject? { try folder(named.id, tx) }

    func subjectOfFile(_ named: FileInFolder, _ tx: borrowing ReadTransaction) throws -> Subject? {
        try folder(named.id, tx)
    }

    func readers(_ id: String, _ tx: borrowing ReadTransaction) throws -> Set<PersonID> {
        Set(try tx.values("SELECT person_id FROM cabinet_folder WHERE id = \(id)", as: PersonID.self))
    }
}

extension Portal {
    /// Somebody with a role, signed in.
    func somebody(_ role: String, _ email: String) async throws -> PluginTestKit.Caller {
        .person(try await person(email: email, roles: [role]))
    }

    /// Uploads a file and gives its id.
    func upload(
        _ content: [UInt8], _ name: String = "note.txt", type: String = "text/plain",
        as caller: PluginTestKit.Caller, at path: String = Cabinet.files, key: String? = nil
    ) async -> PluginTestKit.Answer {
        await send(
            "POST", path, form: [.file("file", name, content, type: type)], as: caller,
            headers: key.map { ["Idempotency-Key": $0] } ?? [:])
    }
}

extension PluginTestKit.Answer {
    /// What the envelope holds.
    var data: JSON { body["data"] ?? .null }
    var id: String { (data["id"] ?? body["id"])?.string ?? "none" }
}

/// Bytes that look like nothing and are always the same.
func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
    }
}

/// A picture of so many bytes, as far as its first ones say.
func picture(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    Array(([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + noise(count, seed: seed)).prefix(count))
}
