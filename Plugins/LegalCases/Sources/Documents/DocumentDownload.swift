internal import PluginAPI

extension LegalCases {
    /// `GET /api/portal/documents/{document_id}/download/`
    func portalDownload(_ named: DocumentNamed, _ call: Call<Member>) async throws -> Content {
        let found = try await call.store.read { tx in
            try tx.document(named.id, isForClient: true).map { ($0.matter, $0.version) }
        }
        guard let (matter, version) = found else { throw Problem.notFound }
        return try await content(of: version, document: named.id, matter, call)
    }

    /// `GET /api/staff/documents/{document_id}/download/`
    func staffDownload(_ asked: DocumentVersionAsked, _ call: Call<Member>) async throws -> Content {
        let found = try await call.store.read { tx -> (Int, DocumentVersion)? in
            guard let row = try tx.document(asked.id) else { return nil }
            guard let number = asked.version else { return (row.matter, row.version) }
            return try tx.version(number, of: asked.id).map { (row.matter, $0) }
        }
        guard let (matter, version) = found else { throw Problem.notFound }
        return try await content(of: version, document: asked.id, matter, call)
    }

    /// A version's bytes, always to be saved, never shown in place; who read it is kept.
    private func content(
        of version: DocumentVersion, document: Int, _ matter: Int, _ call: Call<Member>
    ) async throws -> Content {
        let open = try await call.files.open(version.file)
        if call.files.isDownload {
            try await call.store.write { tx in
                guard let found = try tx.matter(matter) else { return }
                try tx.audit(
                    AuditEntry(
                        "document.read", on: found.subject("document", document),
                        details: ["version": .integer(Int64(version.number))]))
            }
        }
        let bytes = SeekableBytes(
            length: open.file.size, tag: String(version.sha256.prefix(36)), modified: version.uploadedAt,
            read: open.bytes)
        let isText = version.mediaType.hasPrefix("text/")
        return Content(
            .seekable(bytes), mediaType: isText ? version.mediaType + "; charset=utf-8" : version.mediaType,
            fileName: version.name, isForeign: true)
    }
}
