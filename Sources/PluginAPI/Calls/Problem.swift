/// A refusal that the client is meant to see; each dialect has its own way to say it.
public struct Problem: Error, Sendable, Equatable {
    /// The HTTP status.
    public var status: Int
    /// For programs, in upper snake case: `RESOURCE_NOT_FOUND`.
    public var code: String
    /// For people.
    public var message: String
    /// What is wrong with the input, each with its field.
    public var mistakes: [Mistake] = []
    /// Further members for `details`, e.g. the alternatives of a taken slot.
    public var details: JSON?
    /// Seconds until trying again makes sense; sent as `Retry-After`.
    public var retryAfter: Int?

    public init(
        _ status: Int, _ code: String, _ message: String, mistakes: [Mistake] = [], details: JSON? = nil,
        retryAfter: Int? = nil
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.mistakes = mistakes
        self.details = details
        self.retryAfter = retryAfter
    }
}

extension Problem {
    public static let signInRequired = Problem(401, "AUTH_TOKEN_MISSING", "Sign in first.")
    public static let tokenInvalid = Problem(401, "AUTH_TOKEN_INVALID", "The credential is not valid.")
    public static let tokenExpired = Problem(401, "AUTH_TOKEN_EXPIRED", "The access token has expired.")
    public static let forbidden = Problem(403, "INSUFFICIENT_PERMISSIONS", "You may not do this.")
    public static let notFound = Problem(404, "RESOURCE_NOT_FOUND", "There is nothing here.")
    public static let unavailable = Problem(
        503, "SERVICE_UNAVAILABLE", "The service is busy. Please try again shortly.", retryAfter: 1)
    public static let fault = Problem(500, "INTERNAL_SERVER_ERROR", "Something went wrong on our side.")

    /// 409, with a code of the plugin's own or `RESOURCE_CONFLICT`.
    public static func conflict(_ code: String = "RESOURCE_CONFLICT", _ message: String) -> Problem {
        Problem(409, code, message)
    }

    /// 409 for something that exists already.
    public static func duplicate(_ message: String) -> Problem { Problem(409, "DUPLICATE_ENTRY", message) }

    /// 400 with every mistake.
    public static func invalid(_ mistakes: [Mistake]) -> Problem {
        Problem(400, "VALIDATION_ERROR", "Invalid request data", mistakes: mistakes)
    }

    /// 400 about one field.
    public static func invalid(_ field: String, _ code: Mistake.Code, _ message: String) -> Problem {
        invalid([Mistake(field: field, code, message)])
    }

    /// 400 for a body that is not what its media type says.
    public static func format(_ message: String) -> Problem { Problem(400, "INVALID_DATA_FORMAT", message) }
}

/// The refusals of a plugin: each a case, so that documents can list them and tests can visit them.
public protocol Refusal: Error, CaseIterable, Sendable {
    /// What the client sees.
    var problem: Problem { get }
}
