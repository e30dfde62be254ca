public import Time

/// How a long job stands, and what came of it; an answer for its clients.
public struct LongJobStatus<Output: Described>: Described {
    public var id: LongJobID
    public var state: LongJobState
    /// So many of ``total`` are done.
    public var done: Int
    /// 0 until the job knows.
    public var total: Int
    /// What came of it, when it is done.
    public var result: Output?
    /// Why it failed.
    public var error: LongJobError?
    public var createdAt: Instant
    public var finishedAt: Instant?

    public static var schema: Schema<LongJobStatus> {
        Schema.object(
            Self.init(id:state:done:total:result:error:createdAt:finishedAt:),
            Field("id", \.id, LongJobID.schema),
            Field("state", \.state, .oneOf),
            Field("done", \.done, .int(0...(1 << 53)), note: "So many of the total are done."),
            Field("total", \.total, .int(0...(1 << 53)), note: "0 until the job knows."),
            .leftOutWhenNil("result", \.result, .optional(Output.schema), note: "When it is done."),
            .leftOutWhenNil("error", \.error, .optional(LongJobError.schema), note: "When it has failed."),
            Field("createdAt", \.createdAt, Instant.schema),
            Field("finishedAt", \.finishedAt, .optional(Instant.schema)))
    }

    public init(
        id: LongJobID, state: LongJobState, done: Int, total: Int, result: Output?, error: LongJobError?,
        createdAt: Instant, finishedAt: Instant?
    ) {
        self.id = id
        self.state = state
        self.done = done
        self.total = total
        self.result = result
        self.error = error
        self.createdAt = createdAt
        self.finishedAt = finishedAt
    }
}

/// Where a long job is in its life.
public enum LongJobState: String, Sendable, CaseIterable {
    case waiting, running, done, failed, cancelled
}

/// Why a long job failed, for whoever asked for it.
public struct LongJobError: Described, Equatable {
    /// As of a ``Problem``.
    public var code: String
    public var message: String

    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }

    public static let schema = Schema.object(
        Self.init(code:message:), Field("code", \.code, .string(1...100)),
        Field("message", \.message, .string(1...2000)))
}

/// A long job as the host keeps it.
public struct LongJobRecord: Sendable {
    public let id: LongJobID
    public let name: String
    /// For whom it is done.
    public let person: PersonID?
    public let state: LongJobState
    public let done: Int
    public let total: Int
    /// JSON text, when it is done.
    public let result: [UInt8]?
    public let error: LongJobError?
    public let createdAt: Instant
    public let finishedAt: Instant?

    public init(
        id: LongJobID, name: String, person: PersonID?, state: LongJobState, done: Int, total: Int, result: [UInt8]?,
        error: LongJobError?, createdAt: Instant, finishedAt: Instant?
    ) {
        self.id = id
        self.name = name
        self.person = person
        self.state = state
        self.done = done
        self.total = total
        self.result = result
        self.error = error
        self.createdAt = createdAt
        self.finishedAt = finishedAt
    }
}
