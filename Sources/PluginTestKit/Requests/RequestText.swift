import PluginAPI

/// A request as the bytes a client sends.
enum RequestText {
    /// - Parameters:
    ///   - host: the value of `Host`.
    ///   - body: sent with its length; nil sends none.
    static func bytes(
        _ method: String, _ path: String, host: String, token: String?, headers: [String: String], body: [UInt8]?
    ) -> [UInt8] {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: \(host)", "Connection: close"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body {
            lines.append("Content-Length: \(body.count)")
            if !headers.keys.contains(where: { $0.lowercased() == "content-type" }) {
                lines.append("Content-Type: application/json")
            }
        }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { lines.append("\(name): \(value)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? [])
    }
}
