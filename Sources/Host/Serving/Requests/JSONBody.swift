import HTTPServer
import PluginAPI

/// Reads a request's body as JSON.
enum JSONBody {
    /// Bodies of JSON routes may be this long.
    static let limit = 1 << 20

    /// Refuses a body that does not say it is JSON.
    ///
    /// - Throws: ``Problem`` 415 for another media type, none or two, 400 for another charset.
    static func checkType(_ request: Request) throws(Problem) {
        let other = Problem(415, "UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json.")
        guard let range = request.header("content-type"), !request.hasRepeated("content-type"),
            let field = FieldParameters(request.bytes.span.extracting(range)),
            field.value == "application/json" || field.value.hasPrefix("application/") && field.value.hasSuffix("+json")
        else { throw other }
        guard let charset = field["charset"] else { return }
        guard String(decoding: charset, as: UTF8.self).lowercased() == "utf-8" else {
            throw .format("JSON is UTF-8; another charset cannot be read.")
        }
    }

    /// The body; nil when it is empty.
    ///
    /// - Throws: ``Problem`` 400 with line and column when it is not JSON.
    static func read(_ bytes: [UInt8]) throws(Problem) -> JSONDocument? {
        guard !bytes.isEmpty else { return nil }
        do throws(JSONSyntaxError) {
            return try JSONDocument(bytes)
        } catch {
            throw .format("The body is not JSON: line \(error.line), column \(error.column): \(error.message).")
        }
    }
}
