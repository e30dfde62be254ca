/// The media types that answers are written in.
enum MediaType {
    static let json = "application/json"
    /// RFC 9457 §3.
    static let problem = "application/problem+json"
    static let html = "text/html"
}
