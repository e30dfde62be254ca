import PluginAPI

/// One code that clients may meet: its status and what it means.
struct ErrorCode: Sendable, Equatable {
    /// `RESOURCE_NOT_FOUND`
    let code: String
    /// The HTTP status it comes with.
    let status: Int
    /// One sentence for whoever writes a client.
    let meaning: String
    /// One sentence for whoever uses it; what a 5xx says.
    let message: String

    init(_ code: String, _ status: Int, _ meaning: String, message: String? = nil) {
        self.code = code
        self.status = status
        self.meaning = meaning
        self.message = message ?? meaning
    }

    /// A code of a plugin's own.
    init(_ problem: Problem) { self.init(problem.code, problem.status, problem.message) }

    /// `Resource not found`
    var title: String { Self.title(of: code) }

    /// `Resource not found` of `RESOURCE_NOT_FOUND`.
    static func title(of code: String) -> String {
        let words = code.lowercased().split(separator: "_").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// The entry for a code, among the host's and those of the plugins' refusals.
    static func find(_ code: String, plugins problems: [Problem] = []) -> ErrorCode? {
        (all + fields).first { $0.code == code } ?? problems.first { $0.code == code }.map { ErrorCode($0) }
    }
}
