import PluginAPI

/// A success that has been begun: where it starts, and for which shape its opening bytes were written.
struct OpenSuccess: Sendable {
    fileprivate let start: Int
    fileprivate let data: Int
    fileprivate let isPage: Bool
}

/// A success that has been written.
struct WrittenSuccess: Sendable {
    /// As the handler gave it. For `.empty`, `.content` and `.seeOther` nothing is left in the writer.
    let shape: AnswerShape
    /// Where the data stand in the writer's bytes.
    let data: Range<Int>
    /// Where the page's numbers stand in the writer's bytes; nil when the answer has none in its body.
    ///
    /// An entity tag covers both ranges and nothing else: what surrounds them changes with every call.
    let pagination: Range<Int>?
}

extension Dialect {
    /// Writes what stands before the data. The writer must be between values: a fresh one, or one over a buffer.
    ///
    /// - Parameter isPage: whether the route is declared to answer a page; a handler that answers otherwise costs a copy.
    func beginSuccess(isPage: Bool, into writer: inout JSONWriter) -> OpenSuccess {
        let start = writer.bytes.count
        switch self {
        case .envelope: writer.bytes += SuccessBytes.envelope
        case .status: writer.bytes += isPage ? SuccessBytes.statusPage : SuccessBytes.status
        case .clinic, .problem: if isPage { writer.bytes += SuccessBytes.list }
        case .bare: break
        }
        return OpenSuccess(start: start, data: writer.bytes.count, isPage: isPage)
    }

    /// Writes what stands behind the data, which the caller has written since `beginSuccess`.
    func endSuccess(
        _ open: OpenSuccess, _ shape: AnswerShape, _ facts: RequestFacts, into writer: inout JSONWriter
    ) -> WrittenSuccess {
        let page: PageNumbers?
        switch shape {
        case .value, .accepted: page = nil
        case .page(let numbers): page = numbers
        case .empty, .content, .seeOther:
            discard(open, from: &writer)
            return WrittenSuccess(shape: shape, data: open.start..<open.start, pagination: nil)
        }
        if (page != nil) != open.isPage { return rewrite(open, shape, facts, into: &writer) }
        // A handler that says it wrote a value and did not must not make the whole unreadable.
        if writer.bytes.count == open.data { writer.null() }
        let data = open.data..<writer.bytes.count
        var pagination: Range<Int>?
        switch self {
        case .envelope:
            Self.writeMeta(facts, into: &writer)
            pagination = page.map { Self.writePagination($0, into: &writer) }
            writer.endObject()
        case .status:
            pagination = page.map { Self.writeStatusPagination($0, into: &writer) }
            if page != nil { writer.endObject() }
            writer.endObject()
        case .clinic, .problem:
            pagination = page.map { Self.writePagination($0, into: &writer) }
            if page != nil { writer.endObject() }
        case .bare: break
        }
        return WrittenSuccess(shape: shape, data: data, pagination: pagination)
    }

    /// Writes a success around data that the closure writes. When it throws, the writer holds what it held before.
    func writeSuccess<Failure: Error>(
        isPage: Bool, _ facts: RequestFacts, into writer: inout JSONWriter,
        data: (inout JSONWriter) throws(Failure) -> AnswerShape
    ) throws(Failure) -> WrittenSuccess {
        let open = beginSuccess(isPage: isPage, into: &writer)
        do throws(Failure) {
            let shape = try data(&writer)
            return endSuccess(open, shape, facts, into: &writer)
        } catch {
            discard(open, from: &writer)
            throw error
        }
    }

    /// Writes a success around data that are JSON already.
    func writeSuccess(
        encoded data: [UInt8], _ shape: AnswerShape, _ facts: RequestFacts, into writer: inout JSONWriter
    ) -> WrittenSuccess {
        var isPage = false
        if case .page = shape { isPage = true }
        let open = beginSuccess(isPage: isPage, into: &writer)
        if !data.isEmpty { writer.value(encoded: data) }
        return endSuccess(open, shape, facts, into: &writer)
    }

    /// Data that are JSON already, as a success of this dialect; nil where it writes something around them.
    func bare(_ data: [UInt8], _ shape: AnswerShape) -> WrittenSuccess? {
        guard case .value = shape, !data.isEmpty else { return nil }
        switch self {
        case .clinic, .problem, .bare: return WrittenSuccess(shape: shape, data: 0..<data.count, pagination: nil)
        case .envelope, .status: return nil
        }
    }

    /// Takes back what has been written since `beginSuccess`, so that an error can take its place.
    func discard(_ open: OpenSuccess, from writer: inout JSONWriter) {
        // The buffer leaves the writer before it is cut, so that its memory is used again instead of copied.
        var bytes: [UInt8] = []
        swap(&bytes, &writer.bytes)
        bytes.removeLast(max(0, bytes.count - open.start))
        writer = JSONWriter(appendingTo: bytes)
    }

    /// The way for an answer whose shape is not the declared one.
    private func rewrite(
        _ open: OpenSuccess, _ shape: AnswerShape, _ facts: RequestFacts, into writer: inout JSONWriter
    ) -> WrittenSuccess {
        let data = Array(writer.bytes[open.data...])
        discard(open, from: &writer)
        return writeSuccess(encoded: data, shape, facts, into: &writer)
    }
}
