import Crypto
import Database
import PluginAPI
import Testing

@testable import Host

@Suite struct `The master key` {
    private static let base64 = Base64.encode([UInt8](repeating: 7, count: 32))

    @Test(arguments: ["", "\n", "  \n\t"]) func `is read from base64 with white space around it`(_ around: String)
        throws
    {
        let key = try MasterKey(base64: around + Self.base64 + around)
        #expect(key.fingerprint == (try MasterKey(SecretBytes([UInt8](repeating: 7, count: 32))).fingerprint))
    }

    @Test(arguments: [0, 16, 31, 33, 64]) func `has 32 bytes and no other number`(_ count: Int) {
        #expect(throws: CryptoError.self) { try MasterKey(SecretBytes([UInt8](repeating: 7, count: count))) }
        #expect(throws: CryptoError.self) { try MasterKey(base64: Base64.encode([UInt8](repeating: 7, count: count))) }
    }

    @Test(arguments: ["not base64!", "ß", String(repeating: "0", count: 64)])
    func `is refused when it is not base64`(_ text: String) {
        #expect(throws: CryptoError.self) { try MasterKey(base64: text) }
    }

    @Test func `has a fingerprint of its own that gives nothing away`() throws {
        let one = try MasterKey(SecretBytes.random(count: 32))
        let two = try MasterKey(SecretBytes.random(count: 32))
        #expect(one.fingerprint != two.fingerprint)
        #expect(one.fingerprint.utf8.count == 16)
    }

    @Test func `unwraps what it wrapped for the same purpose only`() throws {
        let master = try MasterKey(SecretBytes.random(count: 32))
        let other = try MasterKey(SecretBytes.random(count: 32))
        let key = try SecretBytes.random(count: 32)
        let wrapped = try master.wrap(key, for: "lumen data")
        #expect(try master.unwrap(wrapped, for: "lumen data") == key)
        #expect(throws: CryptoError.self) { try master.unwrap(wrapped, for: "lumen index") }
        #expect(throws: CryptoError.self) { try master.unwrap(wrapped, for: "harbor data") }
        #expect(throws: CryptoError.self) { try other.unwrap(wrapped, for: "lumen data") }
    }
}

@Suite struct `A tenant's sealer` {
    private static func keys() throws -> TenantKeys {
        try TenantKeys(data: SecretBytes.random(count: 32), index: SecretBytes.random(count: 32))
    }

    private static func sealer(_ keys: TenantKeys) -> TenantSealer {
        let sealer = TenantSealer()
        sealer.use(keys)
        return sealer
    }

    @Test func `opens what it sealed for the same owner and column only`() throws {
        let sealer = Self.sealer(try Self.keys())
        let plain = Array("a code".utf8)
        let sealed = try sealer.seal(plain, owner: "visits", tag: "note")
        #expect(try sealer.open(sealed, owner: "visits", tag: "note") == plain)
        #expect(try sealer.seal(plain, owner: "visits", tag: "note") != sealed)
        for (owner, tag) in [("cases", "note"), ("visits", "notes"), ("visitsn", "ote"), ("visit", "snote")] {
            #expect { try sealer.open(sealed, owner: owner, tag: tag) } throws: { ($0 as? StoreError)?.kind == .seal }
        }
        var broken = sealed
        broken[sealed.count - 1] ^= 1
        #expect { try sealer.open(broken, owner: "visits", tag: "note") } throws: { ($0 as? StoreError)?.kind == .seal }
        #expect { try sealer.open([], owner: "visits", tag: "note") } throws: { ($0 as? StoreError)?.kind == .seal }
    }

    @Test func `of another tenant opens nothing`() throws {
        let sealed = try Self.sealer(try Self.keys()).seal([1], owner: "visits", tag: "note")
        let other = Self.sealer(try Self.keys())
        #expect { try other.open(sealed, owner: "visits", tag: "note") } throws: { ($0 as? StoreError)?.kind == .seal }
    }

    @Test func `hashes alike only what is alike in everything`() throws {
        let keys = try Self.keys()
        let sealer = Self.sealer(keys)
        let hash = try sealer.blind([1, 2], owner: "visits", tag: "phone")
        #expect(hash.count == 32)
        #expect(try sealer.blind([1, 2], owner: "visits", tag: "phone") == hash)
        #expect(try sealer.blind([1, 3], owner: "visits", tag: "phone") != hash)
        #expect(try sealer.blind([1, 2], owner: "cases", tag: "phone") != hash)
        #expect(try sealer.blind([1, 2], owner: "visits", tag: "mail") != hash)
        #expect(try Self.sealer(try Self.keys()).blind([1, 2], owner: "visits", tag: "phone") != hash)
        #expect(keys.tag("otp", "1") != keys.tag("device", "1"))
    }

    @Test func `refuses before its keys are there`() {
        let sealer = TenantSealer()
        #expect(sealer.current == nil)
        #expect { try sealer.seal([1], owner: "a", tag: "b") } throws: { ($0 as? StoreError)?.kind == .seal }
        #expect { try sealer.open([1], owner: "a", tag: "b") } throws: { ($0 as? StoreError)?.kind == .seal }
        #expect { try sealer.blind([1], owner: "a", tag: "b") } throws: { ($0 as? StoreError)?.kind == .seal }
    }
}

@Suite struct `The table of a tenant's keys` {
    private static func withKeyTable(_ body: (TenantFolder, DatabaseEngine) async throws -> Void) async throws {
        let folder = try TenantFolder()
        let engine = try smallEngine()
        do { try await body(folder, engine) } catch {
            await engine.close()
            throw error
        }
        await engine.close()
    }

    /// Opens the database anew, as a process that starts does.
    private static func load(
        _ folder: TenantFolder, _ engine: DatabaseEngine, _ master: MasterKey, tenant: String = "lumen"
    ) async throws -> TenantKeys {
        let database = try engine.database(at: folder.path + "/tenant.sqlite", sealer: TenantSealer())
        let migration = TenantKeyTable.migration
        _ = try await database.migrate(.host, [MigrationStep(id: migration.id, sql: migration.sql)])
        do {
            let keys = try await TenantKeyTable.load(database, tenant: tenant, master: master, now: .epoch)
            await database.close()
            return keys
        } catch {
            await database.close()
            throw error
        }
    }

    @Test func `makes the keys once and unwraps them after a restart`() async throws {
        try await Self.withKeyTable { folder, engine in
            let master = try MasterKey(SecretBytes.random(count: 32))
            let first = try await Self.load(folder, engine, master)
            let second = try await Self.load(folder, engine, master)
            #expect(first.tag("a", "b") == second.tag("a", "b"))
            let (one, two) = (TenantSealer(), TenantSealer())
            one.use(first)
            two.use(second)
            #expect(try two.open(one.seal([1, 2], owner: "a", tag: "b"), owner: "a", tag: "b") == [1, 2])
        }
    }

    @Test func `names both fingerprints when the master key is another one`() async throws {
        try await Self.withKeyTable { folder, engine in
            let master = try MasterKey(SecretBytes.random(count: 32))
            let other = try MasterKey(SecretBytes.random(count: 32))
            _ = try await Self.load(folder, engine, master)
            let error = await #expect(throws: StoreError.self) { _ = try await Self.load(folder, engine, other) }
            #expect(error?.kind == .seal)
            #expect(error?.message.contains(master.fingerprint) == true)
            #expect(error?.message.contains(other.fingerprint) == true)
        }
    }

    @Test func `does not open in the name of another tenant`() async throws {
        try await Self.withKeyTable { folder, engine in
            let master = try MasterKey(SecretBytes.random(count: 32))
            _ = try await Self.load(folder, engine, master)
            let error = await #expect(throws: StoreError.self) {
                _ = try await Self.load(folder, engine, master, tenant: "harbor")
            }
            #expect(error?.kind == .seal)
        }
    }
}
