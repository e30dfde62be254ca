/// A folder of tenants with the demo's law firm, whose staff has a paralegal and a second attorney too.
struct LawFirm {
    static let slug = "harbor"
    /// As seed 003's examples say it.
    static let password = "client_password"
    let place: DemoPlace
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let more = [("Pat", "PARALEGAL"), ("Omar", "ATTORNEY")].map { name, role in
            #"{"givenName": "\#(name)", "familyName": "Vance", "email": "\#(name.lowercased())@harbor.example", "#
                + #""username": "\#(name.lowercased())", "roles": [{"plugin": "legal-cases", "role": "\#(role)"}]}, "#
        }
        let demo = try Self.replace(
            [
                ("Portal#2025demo", Self.password), (#""username": "john.doe""#, #""username": "client_username""#),
                (#""people": ["#, #""people": ["# + more.joined()),
            ], in: Repository.text(of: "tenants/\(Self.slug)/demo.json"))
        try folder.write(demo, to: "\(Self.slug)/demo.json")
        // What seed 003's examples are written in resolves no name of the demo's tenants.
        let tenant = try Self.replace(
            [(#""name": "#, #""domains": ["localhost"], "name": "#)],
            in: Repository.text(of: "tenants/\(Self.slug)/tenant.json"))
        try folder.write(tenant, to: "\(Self.slug)/tenant.json")
        place = try DemoPlace(tenants: folder.path)
    }

    private static func replace(_ pairs: [(old: String, new: String)], in text: String) throws -> String {
        try pairs.reduce(text) { text, pair in
            guard text.contains(pair.old) else { throw Failure("the demo has no \(pair.old)") }
            return text.replacing(pair.old, with: pair.new, maxReplacements: 1)
        }
    }
}

/// Somebody who is signed in at the law firm.
struct LegalPerson: Sendable {
    let process: PorticoProcess
    private let token: String

    init(_ username: String, at process: PorticoProcess) async throws {
        self.process = process
        let body = #"{"username": "\#(username)", "password": "\#(LawFirm.password)"}"#
        let answer = try await process.send(.post("/api/token/", body), to: LawFirm.slug)
        guard let access = try answer.json(if: 200)["access"].string else {
            throw Failure("the answer holds no token: \(answer.text)")
        }
        token = access
    }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        try await process.send(request.with("Authorization", "Bearer \(token)"), to: LawFirm.slug)
    }

    func get(_ path: String) async throws -> JSON { try await send(.get(path)).json(if: 200) }

    func status(_ path: String) async throws -> Int { try await send(.get(path)).status }

    @discardableResult
    func post(_ path: String, _ body: String = "{}", _ status: Int = 201) async throws -> JSON {
        try await send(.post(path, body)).json(if: status)
    }

    @discardableResult
    func put(_ path: String, _ body: String = "{}") async throws -> JSON {
        try await send(HTTPRequest(method: "PUT", path: path, json: body)).json(if: 200)
    }

    /// Uploads a text as a document.
    func upload(_ text: String, _ title: String, to matter: Int, at path: String) async throws -> HTTPAnswer {
        let boundary = "end-to-end-boundary"
        var form = ""
        func part(_ name: String, _ text: String, _ more: String = "") {
            form += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n\(text)\r\n"
        }
        part("case", "\(matter)")
        part("title", title)
        part("file", text, "; filename=\"document.txt\"\r\nContent-Type: text/plain")
        return try await send(
            HTTPRequest(
                method: "POST", path: path,
                fields: [(name: "Content-Type", value: "multipart/form-data; boundary=\(boundary)")],
                body: Array((form + "--\(boundary)--\r\n").utf8)))
    }
}

extension JSON {
    /// The id of what was made, a whole number (seed 003).
    var id: Int {
        get throws {
            guard let id = self["id"].number.flatMap({ Int(exactly: $0) }) else { throw Failure("no id: \(self)") }
            return id
        }
    }
}
