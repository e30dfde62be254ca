import HTTPServer

/// The media types that answers are written in.
enum MediaType {
    static let json = "application/json"
    /// RFC 9457 §3.
    static let problem = "application/problem+json"
    static let html = "text/html"
}

extension FieldLine {
    /// That an answer is JSON.
    static var json: FieldLine { "content-type: application/json" }
}
