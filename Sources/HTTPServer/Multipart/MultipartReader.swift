/// Reads a form part by part from a body that comes in pieces. Nothing is asked of the body before it is wanted here, so
/// whoever sends waits while whoever reads is busy. For one task at a time.
public actor MultipartReader {
    private let pull: @Sendable () async throws -> [UInt8]?
    private var parser: MultipartParser
    private var input: [UInt8] = []
    private var position = 0
    private var isBusy = false
    private var isInPart = false
    private var isAtEnd = false

    /// A reader at the start of a form.
    ///
    /// - Parameter pull: gives the next piece of the body, or nil at its end.
    public init(
        boundary: MultipartBoundary, limits: MultipartLimits = MultipartLimits(),
        pull: @escaping @Sendable () async throws -> [UInt8]?
    ) {
        parser = MultipartParser(boundary: boundary, limits: limits)
        self.pull = pull
    }

    /// The next part, or nil when the form has ended and its body has been read to the end. What is left of the part before
    /// is skipped.
    ///
    /// - Throws: `MultipartFault`, and what the body throws.
    public func nextPart() async throws -> MultipartPart? {
        while isInPart { _ = try await nextBytes() }
        try enter()
        defer { isBusy = false }
        while true {
            switch parser.next(input.span, at: &position) {
            case .part(let part):
                isInPart = true
                return part
            case .needsMore: guard try await refill() else { return nil }
            case .fault(let fault): throw fault
            default: continue
            }
        }
    }

    /// The next bytes of the part, or nil when it is complete. Never empty.
    ///
    /// - Throws: `MultipartFault`, and what the body throws.
    public func nextBytes() async throws -> [UInt8]? {
        guard isInPart else { return nil }
        try enter()
        defer { isBusy = false }
        var bytes: [UInt8] = []
        while true {
            switch parser.next(input.span, at: &position) {
            case .data(let range):
                if bytes.isEmpty, range.count == input.count { return input }
                bytes += input[range]
            case .held(let held): bytes += held
            case .needsMore:
                // What is there goes out before more is waited for.
                guard bytes.isEmpty, try await refill() else { return bytes.isEmpty ? nil : bytes }
            case .fault(let fault): throw fault
            default:
                isInPart = false
                return bytes.isEmpty ? nil : bytes
            }
        }
    }

    private func enter() throws(MultipartFault) {
        guard !isBusy else { throw .misused }
        isBusy = true
    }

    /// Waits for more of the body; false at its end, when that is where it may end.
    private func refill() async throws -> Bool {
        guard !isAtEnd, let more = try await pull() else {
            isAtEnd = true
            if let fault = parser.faultAtEnd { throw fault }
            return false
        }
        input = more
        position = 0
        return true
    }
}
