import PluginAPI

extension Route<PorticoAPI> {
    static let sharedFile = Route.get(
        TenantFiles.sharedPath + "/{token}", .asynchronous(PorticoAPI.sharedFile),
        needs: .anyone(because: "the link is what allows it"),
        "The version of a file that a link leads to.")
    static let holdFile = Route.put(
        PorticoAPI.base + "/files/{id}/hold", .transactional(PorticoAPI.holdFile), needs: .permission(.holdFiles),
        "Puts a file under legal hold: nothing deletes it.")
    static let releaseFile = Route.delete(
        PorticoAPI.base + "/files/{id}/hold", .transactional(PorticoAPI.releaseFile), needs: .permission(.holdFiles),
        "Ends a file's legal hold.")
}

/// The token of a link.
struct SharedFileAsked: Described {
    var token: String
    static let schema = Schema.object(Self.init(token:), Field("token", \.token, .string(1...200), in: .path))
}

/// A file that is held or released.
struct HeldFile: Described {
    var id: FileID
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, FileID.schema, in: .path))
}

extension PorticoAPI {
    func sharedFile(_ asked: SharedFileAsked, _ call: Call<Anyone>) async throws -> Content {
        let origin = Origin(
            plugin: Self.id, person: call.caller.principal?.person, requestID: call.id, address: call.client.address,
            userAgent: call.client.userAgent, now: call.now)
        return try await host.files.shared(
            asked.token, isDownload: call.files.isDownload, isHead: call.files.isHead, origin)
    }

    func holdFile(_ file: HeldFile, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        try hold(file.id, true, tx)
    }

    func releaseFile(_ file: HeldFile, _ tx: borrowing Transaction, _ call: Call<Member>) throws -> NoContent {
        try hold(file.id, false, tx)
    }

    private func hold(_ id: FileID, _ isHeld: Bool, _ tx: borrowing Transaction) throws -> NoContent {
        try tx.host { host, origin in
            guard try FileTable.find(id, host) != nil else { throw Problem.notFound }
            _ = try FileTable.hold(id, isHeld, origin, host)
        }
        return NoContent()
    }
}
