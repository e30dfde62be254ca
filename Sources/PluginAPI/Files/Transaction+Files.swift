public import StoreAPI
public import Time

/// Which files a transaction may attach.
public enum FileOrigin: Sendable {
    /// What the caller uploaded and nobody has attached yet; of a job or listener, what its plugin has made. Ids that a
    /// client sends are of this kind: another person's file is refused.
    case caller
    /// What is attached to a subject of this plugin already, such as a message's file that is filed under the case.
    case plugin
}

extension Transaction {
    /// A file, in its newest version; nil when there is none that the plugin may know of.
    public borrowing func file(_ id: FileID) throws(StoreError) -> StoredFile? { try backend.file(id) }

    /// The files attached to a subject of the plugin, the first attached in front.
    public borrowing func files(of kind: String, id: String) throws(StoreError) -> [StoredFile] {
        try backend.files(of: kind, id: id)
    }

    /// Attaches files to a subject, whose kind the manifest names in `files`. From then on whoever may read the subject
    /// reads them, and they stay as long as their kind or the tenant says.
    ///
    /// - Parameters:
    ///   - origin: what may be attached.
    ///   - field: names the field of the input in the refusal.
    /// - Throws: ``Problem`` 400 naming each file that cannot be attached; ``StoreError``.
    public borrowing func attach(
        _ files: [FileID], to subject: Subject, from origin: FileOrigin = .caller, field: String = "attachments"
    ) throws {
        var mistakes: [Mistake] = []
        for (index, file) in files.enumerated() where try !backend.attach(file, to: subject, from: origin) {
            mistakes.append(
                Mistake(
                    field: "\(field)[\(index)]", .notAllowed,
                    "must be the id of a file that was uploaded before and is attached to nothing"))
        }
        guard mistakes.isEmpty else { throw Problem.invalid(mistakes) }
    }

    /// Attaches one file; see ``attach(_:to:from:field:)``.
    public borrowing func attach(_ file: FileID, to subject: Subject, from origin: FileOrigin = .caller) throws {
        guard try backend.attach(file, to: subject, from: origin) else { throw Problem.notFound }
    }

    /// Takes a file from a subject. Attached to nothing any more it belongs to its uploader again, for 24 hours.
    public borrowing func detach(_ file: FileID, from subject: Subject) throws(StoreError) {
        try backend.detach(file, from: subject)
    }

    /// Deletes a file with all its versions, once this commits.
    ///
    /// - Returns: false when it is under legal hold, or is none that the plugin may delete; then nothing happens.
    @discardableResult
    public borrowing func delete(_ file: FileID) throws(StoreError) -> Bool { try backend.deleteFile(file) }

    /// Says how long a file is kept; for ever when nil. It takes the place of what its kind or the tenant says.
    public borrowing func keep(_ file: FileID, until end: Instant?) throws(StoreError) {
        try backend.keepFile(file, until: end)
    }

    /// Puts a file under legal hold, or ends it: held, it outlives its retention, its deletion and its people's erasure.
    public borrowing func hold(_ file: FileID, _ isHeld: Bool) throws(StoreError) {
        try backend.holdFile(file, isHeld)
    }
}

extension ReadTransaction {
    /// A file, in its newest version; nil when there is none that the plugin may know of.
    public borrowing func file(_ id: FileID) throws(StoreError) -> StoredFile? { try source.file(id) }

    /// The files attached to a subject of the plugin, the first attached in front.
    public borrowing func files(of kind: String, id: String) throws(StoreError) -> [StoredFile] {
        try source.files(of: kind, id: id)
    }
}
