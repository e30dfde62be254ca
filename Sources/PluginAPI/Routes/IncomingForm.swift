/// A form whose files are handed over as they come, so that an upload of any size takes little memory and no disk.
///
///     while let file = try await form.nextFile() {
///         for try await piece in file.bytes { … }
///     }
///     let fields = try await form.fields()
public struct IncomingForm<Form: Described>: Sendable {
    private let source: any FormSource

    /// - Parameter source: what reads the body.
    public init(_ source: any FormSource) { self.source = source }

    /// The next file; fields that come before it are kept for ``fields()``. What was not taken of the file before is passed
    /// over. Nil when there are no more.
    ///
    /// - Throws: ``Problem`` for a form that is malformed or over a limit, and what the connection throws.
    public func nextFile() async throws -> IncomingFile? { try await source.nextFile() }

    /// The form's fields, when all of it has come. A file in it has a name, a type and a size; its bytes are gone.
    ///
    /// - Throws: ``Invalid`` with every mistake; otherwise as ``nextFile()``.
    public func fields() async throws -> Form {
        let content = try await source.rest()
        return try Form.schema.decode(RequestInput(form: content))
    }
}

/// A file of a form while it comes.
public struct IncomingFile: Sendable {
    /// The field it was sent in.
    public let field: String
    /// As ``Upload/fileName``.
    public let fileName: String
    /// As ``Upload/mediaType``.
    public let mediaType: String
    /// Its bytes; can be walked once, before the next file is asked for.
    public let bytes: ByteStream

    public init(field: String, fileName: String, mediaType: String, bytes: ByteStream) {
        self.field = field
        self.fileName = fileName
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// What reads a form's body; the host's business.
public protocol FormSource: Sendable {
    /// The next file; nil at the end of the form.
    func nextFile() async throws -> IncomingFile?
    /// Reads to the end and returns everything but the files' bytes.
    func rest() async throws -> FormContent
}
