import Database
import Glibc
import StoreAPI

/// A sealer whose ciphertext shows what it was given: owner, tag and the bytes reversed.
struct MirrorSealer: Sealer {
    func seal(_ plain: [UInt8], owner: String, tag: String) throws(StoreError) -> [UInt8] {
        Array("\(owner)/\(tag)/".utf8) + plain.reversed()
    }
    func open(_ sealed: [UInt8], owner: String, tag: String) throws(StoreError) -> [UInt8] {
        let head = Array("\(owner)/\(tag)/".utf8)
        guard sealed.starts(with: head) else { throw StoreError(.seal, "does not open") }
        return sealed.dropFirst(head.count).reversed()
    }
    func blind(_ plain: [UInt8], owner: String, tag: String) throws(StoreError) -> [UInt8] {
        Array("\(owner)|\(tag)|".utf8) + plain
    }
}

/// A folder of its own for a test, with an engine on it; both are gone afterwards.
struct Fixture {
    let folder: String
    let engine: DatabaseEngine

    func database(
        _ name: String = "tenant", maximumBytes: Int? = nil, hasOwnWriter: Bool = false, groupHook: GroupHook? = nil
    ) throws -> Database {
        try engine.database(
            at: folder + "/\(name).sqlite", sealer: MirrorSealer(), maximumBytes: maximumBytes,
            hasOwnWriter: hasOwnWriter, groupHook: groupHook)
    }

    /// A database with the tables of two plugins and of the host.
    func populated() async throws -> Database {
        let database = try database()
        try await database.migrate(.visits, [.visits])
        try await database.migrate(.cases, [.cases])
        try await database.migrate(.host, [.host])
        return database
    }
}

func withFixture(
    _ change: (inout DatabaseConfiguration) -> Void = { _ in }, _ body: (Fixture) async throws -> Void
) async throws {
    var template = Array("/tmp/portico-database-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw StoreError(.inputOutput, "no folder for the test") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    var configuration = DatabaseConfiguration()
    configuration.otherFileDescriptors = 1_000
    change(&configuration)
    let engine = try DatabaseEngine(configuration)
    do {
        try await body(Fixture(folder: folder, engine: engine))
    } catch {
        await engine.close()
        removeFolder(folder)
        throw error
    }
    await engine.close()
    removeFolder(folder)
}

/// Removes a folder without folders in it.
private func removeFolder(_ folder: String) {
    for name in namesOfFiles(in: folder) { unlink(folder + "/" + name) }
    rmdir(folder)
}

/// The files of a folder.
func namesOfFiles(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        if name != ".", name != ".." { names.append(name) }
    }
    return names
}

extension Owner {
    static let visits = known("visits")
    static let cases = known("cases")

    private static func known(_ id: String) -> Owner {
        do { return try Owner(plugin: id) } catch { preconditionFailure("\(id) is a sound id") }
    }
}

extension MigrationStep {
    static let visits = MigrationStep(
        id: "1-visits",
        sql: """
            CREATE TABLE visits_visit (
                id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT UNIQUE, age INTEGER CHECK (age >= 0)
            ) STRICT;
            CREATE TABLE visits_note (
                id INTEGER PRIMARY KEY, visit INTEGER NOT NULL REFERENCES visits_visit(id), text TEXT NOT NULL
            ) STRICT;
            CREATE INDEX visits_note_visit ON visits_note(visit);
            """)
    static let cases = MigrationStep(
        id: "1-cases", sql: "CREATE TABLE cases_case (id INTEGER PRIMARY KEY, title TEXT NOT NULL) STRICT")
    static let host = MigrationStep(
        id: "1-host", sql: "CREATE TABLE portico_audit (id INTEGER PRIMARY KEY, what TEXT NOT NULL) STRICT")
}

struct Visit: Record, Equatable {
    var id: Int
    var name: String
    init(row: borrowing Row) throws(StoreError) {
        id = try row.get("id")
        name = try row.get("name")
    }
}

/// The error's kind, if it is one of the store.
func kind(_ body: () async throws -> Void) async -> StoreError.Kind? {
    do {
        try await body()
        return nil
    } catch let error as StoreError {
        return error.kind
    } catch {
        return nil
    }
}

extension Database {
    /// How many rows a table has, as its owner sees it.
    func count(_ table: SQL, as owner: Owner) async throws -> Int {
        try await read(slot: 0, as: owner) { try $0.value("SELECT count(*) FROM " + table) ?? -1 }
    }

    func addVisit(_ name: String) async throws {
        try await write(as: .visits) { _ = try $0.run("INSERT INTO visits_visit (name) VALUES (\(name))") }
    }
}

/// Writes a file.
func writeFile(_ path: String, _ bytes: [UInt8]) throws {
    guard let file = fopen(path, "w") else { throw StoreError(.inputOutput, "no file") }
    defer { fclose(file) }
    guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw StoreError(.inputOutput, "not written") }
}

/// Reads a file.
func readFile(_ path: String) throws -> [UInt8] {
    guard let file = fopen(path, "r") else { throw StoreError(.inputOutput, "no file") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&block, 1, block.count, file), count > 0 { bytes += block[..<count] }
    return bytes
}

/// The permission bits of a file.
func modeOfFile(_ path: String) throws -> UInt32 {
    var status = stat()
    guard stat(path, &status) == 0 else { throw StoreError(.inputOutput, "no file") }
    return status.st_mode & 0o777
}
