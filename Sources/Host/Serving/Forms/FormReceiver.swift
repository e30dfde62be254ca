import Crypto
import HTTPServer
import PluginAPI

/// Reads a form from a request's body: texts are kept, files are handed over as they come, and what is over a limit is
/// refused while it comes. For one task at a time.
actor FormReceiver: FormSource {
    private let rules: FormRules
    private let reader: MultipartReader
    private var content = FormContent()
    private var textBytes = 0
    private var counts: [String: Int] = [:]
    /// The file that is handed over at the moment.
    private var file: Arriving?
    private var digest: FormDigest?

    private struct Arriving {
        let field: String
        let fileName: String
        let mediaType: String
        let limit: Int
        /// Bytes that had to be read to know that there is a file at all.
        var first: [UInt8]
        var size = 0
        var isComplete = false
    }

    /// - Parameters:
    ///   - contentType: the value of the request's field.
    ///   - isDigested: whether ``digestSoFar()`` will be asked for.
    /// - Throws: ``Problem`` 415 for another media type, 400 without a boundary.
    init(
        _ body: PluginAPI.ByteStream, contentType: String?, _ rules: FormRules, isDigested: Bool = false
    ) throws(Problem) {
        do throws(MultipartFault) {
            let boundary = try MultipartBoundary(contentType: contentType ?? "")
            reader = MultipartReader(boundary: boundary, limits: rules.parts, pull: body.walk())
        } catch {
            throw FormProblem.of(error)
        }
        self.rules = rules
        digest = isDigested ? FormDigest() : nil
    }

    func nextFile() async throws -> IncomingFile? {
        try await passOver()
        while let part = try await reader.nextPart() {
            guard let fileName = part.fileName else {
                try await keep(part)
                continue
            }
            let first = try await reader.nextBytes() ?? []
            // A form that was sent with no file chosen.
            if fileName.isEmpty, first.isEmpty { continue }
            guard let (rule, most) = rules.files[part.name] else {
                try await drop(part, first)
                continue
            }
            counts[part.name, default: 0] += 1
            if let count = counts[part.name], count > most { throw FormProblem.tooMany(part.name, most: most) }
            if !rule.types.isEmpty, !rule.types.contains(part.mediaType ?? "") {
                throw FormProblem.otherType(part.name, rule.types)
            }
            let mediaType = part.mediaType ?? "application/octet-stream"
            file = Arriving(
                field: part.name, fileName: fileName, mediaType: mediaType, limit: rules.limit(of: part.name),
                first: first)
            digest?.begin(part.name, fileName, mediaType)
            let number = counts.values.reduce(0, +)
            return IncomingFile(
                field: part.name, fileName: fileName, mediaType: mediaType,
                bytes: ByteStream { { try await self.nextBytes(ofFile: number) } })
        }
        return nil
    }

    func rest() async throws -> FormContent {
        while try await nextFile() != nil {}
        return content
    }

    /// Reads the whole form; files are kept by `keep`.
    func whole(
        _ keep: @Sendable (IncomingFile) async throws -> any UploadContent
    ) async throws -> FormContent {
        while let incoming = try await nextFile() {
            let kept = try await keep(incoming)
            file = nil
            content.add(
                Upload(fileName: incoming.fileName, mediaType: incoming.mediaType, content: kept), to: incoming.field)
        }
        return content
    }

    /// The SHA-256 of what was sent, whatever the boundary; empty when it was not asked for.
    func finishDigest() -> [UInt8] {
        defer { digest = nil }
        return digest?.value ?? []
    }

    private func nextBytes(ofFile number: Int) async throws -> [UInt8]? {
        guard file?.isComplete == false, number == counts.values.reduce(0, +) else { return nil }
        var bytes = file?.first ?? []
        file?.first = []
        if bytes.isEmpty {
            guard let more = try await reader.nextBytes() else {
                file?.isComplete = true
                digest?.end()
                return nil
            }
            bytes = more
        }
        file?.size += bytes.count
        if let file, file.size > file.limit { throw FormProblem.tooLarge(file.field, limit: file.limit) }
        digest?.add(bytes)
        return bytes
    }

    /// Ends the file before: what was not taken is passed over, within the limit all the same.
    private func passOver() async throws {
        guard file != nil else { return }
        let number = counts.values.reduce(0, +)
        while try await nextBytes(ofFile: number) != nil {}
        guard let ended = file else { return }
        file = nil
        content.add(
            Upload(fileName: ended.fileName, mediaType: ended.mediaType, content: TakenBytes(count: ended.size)),
            to: ended.field)
    }

    private func keep(_ part: MultipartPart) async throws {
        if let charset = part.charset, charset != "utf-8", charset != "us-ascii" {
            throw Problem.format("The field \(part.name) is in another charset than UTF-8.")
        }
        var bytes: [UInt8] = []
        while let more = try await reader.nextBytes() {
            bytes += more
            guard bytes.count <= rules.textLimit else {
                throw Problem.invalid(part.name, .tooLong, "must have at most \(rules.textLimit) bytes")
            }
            try count(more.count)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Problem.format("The field \(part.name) is not UTF-8.")
        }
        content.add(text, to: part.name)
        digest?.begin(part.name, nil, nil)
        digest?.add(bytes)
        digest?.end()
    }

    /// Reads past a file in a field that takes none; the schema refuses it.
    private func drop(_ part: MultipartPart, _ first: [UInt8]) async throws {
        var size = first.count
        try count(first.count)
        while let more = try await reader.nextBytes() {
            size += more.count
            try count(more.count)
        }
        content.add(
            Upload(
                fileName: part.fileName ?? "", mediaType: part.mediaType ?? "", content: TakenBytes(count: size)),
            to: part.name)
    }

    private func count(_ bytes: Int) throws(Problem) {
        textBytes += bytes
        guard textBytes <= rules.textsLimit else { throw FormProblem.tooMuch }
    }
}
