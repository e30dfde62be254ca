/// A request as a client writes it.
struct HTTPRequest: Sendable {
    var method = "GET"
    /// Path and query, percent-encoded.
    var path: String
    var fields: [(name: String, value: String)] = []
    var body: [UInt8]?

    static func get(_ path: String, _ fields: (String, String)...) -> HTTPRequest {
        HTTPRequest(path: path, fields: fields.map { (name: $0.0, value: $0.1) })
    }

    /// With a JSON body.
    static func post(_ path: String, _ json: String, _ fields: (String, String)...) -> HTTPRequest {
        HTTPRequest(method: "POST", path: path, json: json, fields)
    }

    init(
        method: String = "GET", path: String, fields: [(name: String, value: String)] = [], body: [UInt8]? = nil
    ) {
        self.method = method
        self.path = path
        self.fields = fields
        self.body = body
    }

    init(method: String, path: String, json: String, _ fields: [(String, String)] = []) {
        self.init(
            method: method, path: path,
            fields: fields.map { (name: $0.0, value: $0.1) } + [(name: "Content-Type", value: "application/json")],
            body: Array(json.utf8))
    }

    /// The request with one field more.
    func with(_ name: String, _ value: String) -> HTTPRequest {
        var request = self
        request.fields.append((name, value))
        return request
    }

    /// The request with the credential of somebody signed in.
    func by(_ person: SignedIn) -> HTTPRequest { with("Authorization", "Bearer \(person.accessToken)") }

    /// The head as it goes out.
    func head(host: String) -> [UInt8] {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: \(host)\r\n"
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        if let body { text += "Content-Length: \(body.count)\r\n" }
        return Array((text + "\r\n").utf8)
    }
}
