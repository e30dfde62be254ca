import Synchronization

/// Somebody who is signed in at the call centre.
struct SalesPerson: Sendable {
    let id: String
    let token: String

    func asks(_ request: HTTPRequest) -> HTTPRequest { request.with("Authorization", "Bearer \(token)") }

    var signedIn: SignedIn { SignedIn(phone: "", accessToken: token, refreshToken: "", customer: .null) }
}

/// A folder of tenants with one call centre, whose representatives may hold many customers.
struct CallFloor {
    static let slug = "summit"
    let place: DemoPlace
    private let folder: TemporaryFolder

    init(maximumLeases: Int = 1000) throws {
        folder = try TemporaryFolder()
        let demo = try Repository.text(of: "tenants/\(Self.slug)/demo.json")
        try folder.write(demo, to: "\(Self.slug)/demo.json")
        let settings = #"{"maximumLeases": \#(maximumLeases), "callingOpens": "00:00", "callingCloses": "24:00", "#
        let days = #""callingDays": ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]}"#
        try folder.write(
            #"{"name": "Summit Sales", "zone": "America/Chicago", "language": "en", "defaultDialect": "status", "#
                + #""plugins": {"sales-tasks": \#(settings)\#(days)}}"#, to: "\(Self.slug)/tenant.json")
        place = try DemoPlace(tenants: folder.path)
    }
}

extension PorticoProcess {
    /// Signs somebody in at the call centre.
    func signIn(
        username: String, at path: String = "/user/login", of slug: String = CallFloor.slug
    ) async throws -> SalesPerson {
        let answer = try await send(
            .post(path, #"{"username": "\#(username)", "password": "Portal#2025demo"}"#), to: slug)
        let data = try answer.json(if: 200)["data"]
        guard let token = data["token"].string, let id = data["salesId"].string ?? data["adminId"].string else {
            throw Failure("the answer holds no token: \(answer.text)")
        }
        return SalesPerson(id: id, token: token)
    }

    /// Makes a task of a customers' file.
    ///
    /// - Returns: the answer's data.
    func addTask(
        _ title: String, _ csv: String, to people: [SalesPerson], deadline: String = "2030-01-01T00:00:00Z",
        by admin: SalesPerson
    ) async throws -> JSON {
        let boundary = "end-to-end-boundary"
        var form = ""
        func part(_ name: String, _ text: String, _ more: String = "") {
            form += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n\(text)\r\n"
        }
        part("title", title)
        part("description", "Call them all.")
        part("uniqueProposition", "Today only")
        part("priority", "HIGH")
        part("deadline", deadline)
        for person in people { part("assignedSalesReps", person.id) }
        part("customersFile", csv, "; filename=\"customers.csv\"\r\nContent-Type: text/csv")
        let request = HTTPRequest(
            method: "POST", path: "/admin/tasks/add-tasks",
            fields: [(name: "Content-Type", value: "multipart/form-data; boundary=\(boundary)")],
            body: Array((form + "--\(boundary)--\r\n").utf8))
        return try await send(admin.asks(request), to: CallFloor.slug).json(if: 201)["data"]
    }

    /// Both representatives of a demo tenant, and a call that the first has just recorded.
    func callOfOne(at slug: String) async throws -> (id: String, one: SalesPerson, two: SalesPerson) {
        let one = try await signIn(username: "rep.one", of: slug)
        let two = try await signIn(username: "rep.two", of: slug)
        let next = HTTPRequest(method: "POST", path: "/representative/work/next")
        let work = try await send(one.asks(next), to: slug).json(if: 200)["data"]["work"]
        let record = HTTPRequest.post(
            "/representative/call-completion", JustCalled.body(work, by: one, id: "isolation"))
        let recorded = try await send(one.asks(record), to: slug).json(if: 201)
        return (recorded["data"]["callId"].string ?? "", one, two)
    }

    /// The data of an answer at the call centre.
    func data(_ path: String, by person: SalesPerson) async throws -> JSON {
        try await send(person.asks(.get(path)), to: CallFloor.slug).json(if: 200)["data"]
    }
}

/// Customers as a CSV file.
enum CustomerFile {
    static func text(_ count: Int) -> String {
        (0..<count).reduce(into: "name,phone,priority\r\n") { csv, number in
            csv += "Customer \(number),+4930\(7_000_000 + number),MEDIUM\r\n"
        }
    }
}

/// A call to a customer that was just made.
enum JustCalled {
    static func body(_ work: JSON, by person: SalesPerson, id: String, outcome: String = "SUCCESSFUL") -> String {
        """
        {"taskId": "\(work["taskId"].string ?? "")", "salesId": "\(person.id)",
         "customerId": "\(work["customer"]["customerId"].string ?? "")", "clientCallId": "\(id)",
         "callDetails": {"startTime": "2026-03-02T10:00:00Z", "endTime": "2026-03-02T10:05:00Z", "duration": 5,
           "customerInsights": "Wants it.", "sentiment": "POSITIVE", "outcome": "\(outcome)"}}
        """
    }
}
