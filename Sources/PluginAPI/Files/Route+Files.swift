internal import Time

extension Route {
    /// The largest file that any tenant can allow: 4 GiB.
    public static var largestFile: Int { 4 << 30 }

    /// Ready-made routes for files at a path of the plugin's own, in its dialect (contract §8): upload, download with
    /// ranges, facts, new versions, deletion and links for others.
    ///
    /// A file that is attached to nothing is its uploader's; attached, the ``FileAccess`` of its subject decides at each
    /// request.
    ///
    /// - Parameter path: `/v1/portal/files`.
    public static func files(at path: String) -> [Route<P>] {
        [
            .post(
                path, uploading(path), needs: .member,
                notTransactionalBecause: "the file is on the disk before its row is written",
                "Keeps a file. Attached to nothing, it is deleted after 24 hours."),
            .get(
                "\(path)/{id}",
                .asynchronous { (_: P) in
                    { (asked: FileAsked, call: Call<Member>) async throws -> Content in
                        _ = call.caller.id
                        return try await call.files.download(asked.id, version: asked.version)
                    }
                }, needs: .member, "A file's bytes; parts of it by Range."),
            .get(
                "\(path)/{id}/info",
                .asynchronous { (_: P) in
                    { (named: FileNamed, call: Call<Member>) async throws -> FileDetails in
                        _ = call.caller.id
                        let versions = try await call.files.versions(of: named.id)
                        guard let newest = versions.first else { throw Problem.notFound }
                        return FileDetails(newest, versions, at: path)
                    }
                }, needs: .member, "What is known of a file and its versions."),
            .post(
                "\(path)/{id}/versions", addingVersion(path), needs: .member, refuses: [FileRefusal.self],
                notTransactionalBecause: "the file is on the disk before its row is written",
                "A new version of a file; older ones stay readable by their number."),
            .delete(
                "\(path)/{id}",
                .asynchronous { (_: P) in
                    { (named: FileNamed, call: Call<Member>) async throws -> NoContent in
                        _ = call.caller.id
                        try await call.files.delete(named.id)
                        return NoContent()
                    }
                }, needs: .member, refuses: [FileRefusal.self], "Deletes a file with all its versions."),
        ] + links(at: path)
    }

    private static func links(at path: String) -> [Route<P>] {
        [
            .post(
                "\(path)/{id}/links",
                .asynchronous { (_: P) in
                    { (asked: FileLinkAsked, call: Call<Member>) async throws -> FileLinkShown in
                        _ = call.caller.id
                        return FileLinkShown(
                            try await call.files.share(
                                asked.id, version: asked.version, until: call.now + .seconds(asked.expiresIn),
                                most: asked.maxDownloads))
                    }
                }, needs: .member, refuses: [FileRefusal.self],
                notTransactionalBecause: "whether the caller may is asked of the plugin the file is attached in",
                "Makes a link by which anybody reads one version of the file until it ends."),
            .get(
                "\(path)/{id}/links",
                .asynchronous { (_: P) in
                    { (named: FileNamed, call: Call<Member>) async throws -> [FileLinkShown] in
                        _ = call.caller.id
                        return try await call.files.links(of: named.id).map { FileLinkShown($0) }
                    }
                }, needs: .member, "The file's links that are still good."),
            .delete(
                "\(path)/{id}/links/{link}",
                .asynchronous { (_: P) in
                    { (named: FileLinkNamed, call: Call<Member>) async throws -> NoContent in
                        _ = call.caller.id
                        try await call.files.revoke(named.link, of: named.id)
                        return NoContent()
                    }
                }, needs: .member, "Ends a link at once."),
        ]
    }

    private static func uploading(_ path: String) -> Handler<P, Nothing, FileShown, Member> {
        .receivingForm { (_: P) in
            { (_: Nothing, form: IncomingForm<UploadForm>, call: Call<Member>) async throws -> FileShown in
                FileShown(try await one(form) { try await call.files.add($0) }, at: path)
            }
        }
    }

    private static func addingVersion(_ path: String) -> Handler<P, FileNamed, FileShown, Member> {
        .receivingForm { (_: P) in
            { (named: FileNamed, form: IncomingForm<UploadForm>, call: Call<Member>) async throws -> FileShown in
                _ = call.caller.id
                return FileShown(
                    try await one(form) { try await call.files.addVersion($0, of: named.id) }, at: path)
            }
        }
    }

    /// The only file of a form.
    private static func one(
        _ form: IncomingForm<UploadForm>, _ keep: (IncomingFile) async throws -> StoredFile
    ) async throws -> StoredFile {
        var kept: StoredFile?
        while let file = try await form.nextFile() { kept = try await keep(file) }
        _ = try await form.fields()
        guard let kept else { throw Problem.invalid("file", .missing, "is required") }
        return kept
    }
}

/// What the ready-made routes refuse.
public enum FileRefusal: Refusal {
    /// Nothing deletes a file under legal hold.
    case held
    /// The tenant takes no more.
    case quota
    /// The tenant lets nobody share, or not for so long.
    case sharing
    /// A file has as many links, or versions, as it can have.
    case tooMany

    public var problem: Problem {
        switch self {
        case .held: .conflict("LEGAL_HOLD", "The file is under legal hold and cannot be deleted.")
        case .quota:
            Problem(413, "STORAGE_QUOTA_EXCEEDED", "There is no room for the file: delete what is no longer needed.")
        case .sharing: .conflict("SHARING_NOT_ALLOWED", "Files are not shared here, or not for so long.")
        case .tooMany: .conflict("TOO_MANY", "The file has as many of these as it can have.")
        }
    }
}

/// A form with one file.
struct UploadForm: Described {
    var file: Upload

    static let schema = Schema.object(
        Self.init(file:),
        Field("file", \.file, .file(upTo: 4 << 30), in: .form, note: "The file. How large it may be is the portal's."))
}

/// One file.
struct FileNamed: Described {
    var id: FileID
    static let schema = Schema.object(Self.init(id:), Field("id", \.id, FileID.schema, in: .path))
}

/// One version of a file.
struct FileAsked: Described {
    var id: FileID
    var version: Int?

    static let schema = Schema.object(
        Self.init(id:version:),
        Field("id", \.id, FileID.schema, in: .path),
        Field("version", \.version, .optional(.int(1...1_000_000)), in: .query, note: "The newest without it."))
}

/// A link that is asked for.
struct FileLinkAsked: Described {
    var id: FileID
    var version: Int?
    var expiresIn: Int
    var maxDownloads: Int?

    static let schema = Schema.object(
        Self.init(id:version:expiresIn:maxDownloads:),
        Field("id", \.id, FileID.schema, in: .path),
        Field("version", \.version, .optional(.int(1...1_000_000)), note: "The newest at this moment without it."),
        Field("expiresIn", \.expiresIn, .int(60...366 * 86_400), default: 7 * 86_400, note: "Seconds."),
        Field("maxDownloads", \.maxDownloads, .optional(.int(1...1_000_000)), note: "As many as come without it."))
}

/// One link of a file.
struct FileLinkNamed: Described {
    var id: FileID
    var link: String

    static let schema = Schema.object(
        Self.init(id:link:),
        Field("id", \.id, FileID.schema, in: .path),
        Field("link", \.link, .string(1...64), in: .path))
}

/// A link as its makers see it.
struct FileLinkShown: Described {
    var id: String
    var url: String
    var version: Int
    var createdAt: Instant
    var expiresAt: Instant
    var maxDownloads: Int?
    var downloads: Int

    static let schema = Schema.object(
        Self.init(id:url:version:createdAt:expiresAt:maxDownloads:downloads:),
        Field("id", \.id, .string(1...64)),
        Field("url", \.url, .string(1...2000)),
        Field("version", \.version, .int(1...1_000_000)),
        Field("createdAt", \.createdAt, Instant.schema),
        Field("expiresAt", \.expiresAt, Instant.schema),
        Field("maxDownloads", \.maxDownloads, .optional(.int(1...1_000_000))),
        Field("downloads", \.downloads, .int(0...(1 << 53)), note: "Counted where there is a maximum."))
}

extension FileLinkShown {
    init(_ link: FileLink) {
        self.init(
            id: link.id, url: link.url, version: link.version, createdAt: link.createdAt, expiresAt: link.expiresAt,
            maxDownloads: link.most, downloads: link.downloads)
    }
}
