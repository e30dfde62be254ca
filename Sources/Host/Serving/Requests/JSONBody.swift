import HTTPServer
import PluginAPI

/// Reads a request's body as JSON.
enum JSONBody {
    /// Bodies of JSON routes may be this long.
    static let limit = 1 << 20

    /// Refuses a body that does not say it is JSON.
    ///
    /// - Throws: ``Problem`` 415 for another media type, 400 for another charset.
    static func checkType(_ request: Request) throws(Problem) {
        guard let range = request.header("content-type") else {
            throw Problem(415, "UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json.")
        }
        let parts = request.string(range).lowercased().split(separator: ";").map {
            $0.split(whereSeparator: \.isWhitespace).joined()
        }
        let type = parts.first ?? ""
        guard type == "application/json" || type.hasPrefix("application/") && type.hasSuffix("+json") else {
            throw Problem(415, "UNSUPPORTED_MEDIA_TYPE", "Send the body as application/json.")
        }
        for part in parts.dropFirst() where part.hasPrefix("charset=") {
            guard part == "charset=utf-8" || part == "charset=\"utf-8\"" else {
                throw .format("JSON is UTF-8; another charset cannot be read.")
            }
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
