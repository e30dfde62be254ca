import HTTPServer
import PluginAPI

/// A form as a browser sends it (`application/x-www-form-urlencoded`).
struct FormBody: Sendable {
    /// Forms of the host are short.
    static let limit = 16 * 1024
    /// The field that carries the form's token.
    static let tokenField = "csrf"

    let fields: [(name: String, value: String)]

    /// - Throws: ``Problem`` 415 for another media type, 413 for a long body, 400 for one that cannot be decoded or names
    ///   a field twice.
    init(_ call: HostCall) throws(Problem) {
        let type = call.inbound.header(.contentType)?.prefix { $0 != ";" }.lowercased()
            .split(whereSeparator: \.isWhitespace).joined()
        guard type == "application/x-www-form-urlencoded" else {
            throw Problem(415, "UNSUPPORTED_MEDIA_TYPE", "Send the form as application/x-www-form-urlencoded.")
        }
        guard call.body.count <= Self.limit else {
            throw Problem(413, "PAYLOAD_TOO_LARGE", "The form is too long.")
        }
        guard let fields = PercentDecoding.query(call.body, 0..<call.body.count),
            Set(fields.map(\.name)).count == fields.count
        else { throw .format("The form cannot be read.") }
        self.fields = fields
    }

    /// The value of a field; empty when it is missing.
    subscript(_ name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// Whether a box was ticked.
    func isTicked(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// Whether the host wrote the form for this owner.
    func isGood(for owner: FormToken.Owner?, _ call: HostCall) -> Bool {
        owner.map { FormToken.isGood(self[Self.tokenField], for: $0, call.runtime.auth.tenantKeys) } ?? false
    }
}
