/// A tenant of second opinions that a test has to itself.
final class OpinionService: Sendable {
    static let password = "Portal#2025demo"
    let process: PorticoProcess
    let slug: String
    private let folder: TemporaryFolder?

    private init(_ process: PorticoProcess, _ slug: String, _ folder: TemporaryFolder? = nil) {
        self.process = process
        self.slug = slug
        self.folder = folder
    }

    /// The demo's.
    static func demo() async throws -> OpinionService {
        OpinionService(try await PorticoProcess.start(), "meridian")
    }

    /// One into which customers register themselves. Its staff are an admin, a case manager, and doctors whom the admin
    /// makes experts.
    static func start() async throws -> OpinionService {
        let slug = "opinions"
        let folder = try TemporaryFolder()
        let channels = ["email", "sms", "whatsapp", "push"].map { #""\#($0)": {"driver": "capture"}"# }
        try folder.write(
            #"{"name": "Meridian", "zone": "Europe/Zurich", "language": "en", "languages": ["en", "de"], "#
                + #""defaultDialect": "envelope", "registration": "open", "plugins": {"medical-opinion": {}}, "#
                + #""channels": {\#(channels.joined(separator: ", "))}}"#, to: "\(slug)/tenant.json")
        let people = [("Alex", "Meyer", "admin"), ("Sam", "Porter", "case_manager")].map { given, family, role in
            #"{"givenName": "\#(given)", "familyName": "\#(family)", "email": "\#(given.lowercased())@staff.example", "#
                + #""roles": [{"plugin": "medical-opinion", "role": "\#(role)"}]}"#
        }
        try folder.write(
            #"{"password": "\#(password)", "people": [\#(people.joined(separator: ", "))]}"#, to: "\(slug)/demo.json")
        return OpinionService(try await PorticoProcess.start(DemoPlace(tenants: folder.path)), slug, folder)
    }

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer { try await process.send(request, to: slug) }

    /// Signs somebody in by password.
    func signIn(_ email: String) async throws -> OpinionPerson {
        let body = #"{"email": "\#(email)", "password": "\#(Self.password)"}"#
        let data = try await send(.post("/v1/portal/auth/login", body)).json(if: 200)["data"]
        guard let token = data["accessToken"].string, let id = data["customer"]["id"].string else {
            throw Failure("the answer holds no token: \(data)")
        }
        return OpinionPerson(service: self, id: id, email: email, token: token)
    }

    /// Registers a customer, who chooses a password by the mailed link and signs in.
    func register(_ firstName: String, _ lastName: String) async throws -> OpinionPerson {
        let email = "\(firstName.lowercased())@customers.example"
        let body = #"{"email": "\#(email)", "firstName": "\#(firstName)", "lastName": "\#(lastName)"}"#
        let asked = try await send(.post("/v1/portal/auth/register", body))
        guard asked.status == 202 else { throw Failure("registering got \(asked.status): \(asked.text)") }
        try await choosePassword(email)
        return try await signIn(email)
    }

    /// Makes a doctor's account and then an expert of it, as an admin does.
    func addExpert(_ givenName: String, _ familyName: String, _ title: String, by admin: OpinionPerson) async throws
        -> OpinionPerson
    {
        let email = "\(givenName.lowercased())@doctors.example"
        let made = try await admin.send(
            .post(
                "/_portico/v1/users",
                #"{"givenName": "\#(givenName)", "familyName": "\#(familyName)", "email": "\#(email)", "invite": true}"#
            )
        ).json(if: 201)
        guard let id = made["id"].string else { throw Failure("the answer holds no person: \(made)") }
        try await choosePassword(email)
        try await admin.post(
            "/v1/staff/professionals",
            #"{"personId": "\#(id)", "title": "\#(title)", "specialties": ["Cardiology"], "languages": ["en"]}"#)
        return try await signIn(email)
    }

    /// Chooses the first password by the link that was mailed to an address.
    private func choosePassword(_ email: String) async throws {
        let token = try await eventually("a link for \(email)") {
            try await self.sent(to: email).lazy.compactMap { letter in
                (letter["body"].string ?? "").firstMatch(of: #/accept-invitation\?token=([A-Za-z0-9_.-]+)/#)
                    .map { String($0.1) }
            }.first
        }
        let body = #"{"token": "\#(token)", "password": "\#(Self.password)"}"#
        let accepted = try await send(.post("/v1/portal/auth/accept-invitation", body))
        guard accepted.status == 204 else { throw Failure("the link got \(accepted.status): \(accepted.text)") }
    }

    /// What was sent to an address on all channels, the newest first.
    func sent(to address: String) async throws -> [JSON] {
        let path = "/_dev/outbox?to=\(address.replacing("+", with: "%2B"))"
        return try await send(.get(path)).json(if: 200).elements
    }
}

/// Somebody who is signed in at the service.
struct OpinionPerson: Sendable {
    let service: OpinionService
    let id: String
    let email: String
    let token: String

    func send(_ request: HTTPRequest) async throws -> HTTPAnswer {
        try await service.send(request.with("Authorization", "Bearer \(token)"))
    }

    /// The data of what is at a path.
    func get(_ path: String) async throws -> JSON { try await send(.get(path)).json(if: 200)["data"] }

    func status(_ path: String) async throws -> Int { try await send(.get(path)).status }

    @discardableResult
    func post(_ path: String, _ body: String = "{}", _ status: Int = 201) async throws -> JSON {
        try await send(.post(path, body)).json(if: status)["data"]
    }

    @discardableResult
    func change(_ method: String, _ path: String, _ body: String) async throws -> JSON {
        try await send(HTTPRequest(method: method, path: path, json: body)).json(if: 200)["data"]
    }

    /// Sends a case, or keeps it as a draft.
    ///
    /// - Returns: its number.
    func addCase(_ question: String, isDraft: Bool = false) async throws -> String {
        let made = try await post(
            "/v1/portal/cases",
            #"{"specialty": "Cardiology", "question": "\#(question)", "description": "Echo of last week.", "#
                + #""draft": \#(isDraft)}"#)
        guard let number = made["caseNumber"].string else { throw Failure("the answer holds no case: \(made)") }
        return number
    }

    /// Uploads a text.
    ///
    /// - Returns: the file's id.
    func upload(_ text: String, _ name: String) async throws -> String {
        let boundary = "end-to-end-boundary"
        let form =
            "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
            + "Content-Type: text/plain\r\n\r\n\(text)\r\n--\(boundary)--\r\n"
        let request = HTTPRequest(
            method: "POST", path: "/v1/portal/files",
            fields: [(name: "Content-Type", value: "multipart/form-data; boundary=\(boundary)")],
            body: Array(form.utf8))
        let file = try await send(request).json(if: 201)
        guard let id = file["data"]["id"].string ?? file["id"].string else { throw Failure("no file: \(file)") }
        return id
    }
}
