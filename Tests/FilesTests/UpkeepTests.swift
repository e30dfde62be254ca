import Database
import PluginAPI
import Synchronization
import Testing

@testable import Host
@testable import PluginTestKit

@Suite struct `Upkeep of files` {
    @Test func `removes deleted files' bytes and what unfinished uploads left, and nothing else`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let kept = await portal.upload(picture(200_000), as: ann).id
            let deleted = await portal.upload(picture(10), as: ann).id
            let files = try await portal.stage.host.runtime(portal.tenant).files
            let blobs = try blobs(files)
            #expect(blobs.count == 2)
            let (orphan, writing) = (BlobFolder.newName(), BlobFolder.newName())
            files.writing.begin(writing)
            for name in [orphan, writing] {
                try files.folder.makeFolders(for: name)
                try TemporaryPath.write([1, 2, 3], to: files.folder.path(of: name))
            }
            #expect(await portal.send("DELETE", "\(Cabinet.files)/\(deleted)", as: ann).status == 204)
            await portal.work()
            #expect(try self.blobs(files).count == 3)
            #expect(await portal.run(job: FileJobs.orphans) == 0)
            #expect(try await files.removeOrphans() == 1)
            #expect(try self.blobs(files).contains(writing))
            files.writing.end(writing)
            portal.clock.advance(by: .seconds(25 * 3600))
            // The housekeeping of every day.
            await portal.send("POST", "/cabinet/folders", ["files": []], as: ann)
            await portal.work()
            #expect(try self.blobs(files).isEmpty)
            #expect(await portal.send("GET", "\(Cabinet.files)/\(kept)", as: ann).status == 404)
            #expect(portal.faults.isEmpty)
        }
    }

    private func blobs(_ files: TenantFiles) throws -> [String] {
        try (0..<256).flatMap { try files.folder.names(inPart: $0) }
    }

    @Test func `finds what is no longer whole`() async throws {
        try await withPlugin(Cabinet.self) { portal in
            let ann = try await portal.somebody("customer", "ann@example.com")
            let ids = [
                await portal.upload(picture(200_000), as: ann).id, await portal.upload(picture(10), as: ann).id,
                await portal.upload(picture(100_000), as: ann).id,
            ]
            let host = portal.stage.host
            let files = try await host.runtime(portal.tenant).files
            let rows = try await files.database.write(as: .host) { session in
                try ids.compactMap { try FileTable.find(FileID(rawValue: $0), HostWriter(session)) }
            }
            try #require(rows.count == 3)
            let path = files.folder.path(of: rows[0].blob)
            var raw = try Files.contents(path, limit: 1 << 20)
            raw[150_000] ^= 1
            try TemporaryPath.write(raw, to: path)
            TemporaryPath.remove(files.folder.path(of: rows[1].blob))
            let found = Found()
            #expect(try await files.verify { found.add($0.id.rawValue) } == 3)
            #expect(Set(found.all) == Set(ids.prefix(2)))
            // Whoever reads gets no wrong byte: what is damaged breaks off, what is missing is a fault.
            let damaged = await portal.send("GET", "\(Cabinet.files)/\(ids[0])", as: ann)
            #expect(damaged.status == 0, "an answer that broke off: \(damaged.status)")
            let front = await portal.send(
                "GET", "\(Cabinet.files)/\(ids[0])", as: ann, headers: ["Range": "bytes=0-99"])
            #expect(front.status == 206 && front.bytes == Array(picture(100)))
            #expect(await portal.send("GET", "\(Cabinet.files)/\(ids[1])", as: ann).status == 500)
            #expect(await portal.send("GET", "\(Cabinet.files)/\(ids[2])", as: ann).bytes == picture(100_000))
        }
    }
}

/// What a check told of.
private final class Found: Sendable {
    private let ids = Mutex<[String]>([])
    func add(_ id: String) { ids.withLock { $0.append(id) } }
    var all: [String] { ids.withLock { $0 } }
}
