import PluginTestKit

@testable import SalesTasks

/// A call centre with an admin, a supervisor and two representatives.
struct CallCentre: Sendable {
    let portal: Portal
    let admin: Caller
    let supervisor: Caller
    let one: Caller
    let two: Caller
    let oneID: String
    let twoID: String

    init(_ portal: Portal) async throws {
        self.portal = portal
        admin = .person(
            try await portal.person(
                givenName: "Avery", familyName: "Stone", email: "admin@test.example", roles: ["ADMIN"]))
        supervisor = .person(try await portal.person(email: "supervisor@test.example", roles: ["SUPERVISOR"]))
        let one = try await portal.person(
            givenName: "Robin", familyName: "One", email: "one@test.example", roles: ["SALES_REP"])
        let two = try await portal.person(
            givenName: "Riley", familyName: "Two", email: "two@test.example", roles: ["SALES_REP"])
        self.one = .person(one)
        self.two = .person(two)
        oneID = one.rawValue
        twoID = two.rawValue
        for id in [oneID, twoID] {
            let set = await portal.send("PUT", "/admin/representatives/\(id)", ["skills": ["english"]], as: admin)
            guard set.status == 200 else { throw Misfit("PUT representative: \(set.status) \(set.text)") }
        }
    }

    /// Imports a file as a new task of both representatives.
    @discardableResult
    func addTask(
        _ csv: String, title: String = "Renewals", to people: [String]? = nil, _ more: [FormPart] = [],
        headers: [String: String] = [:]
    ) async -> Answer {
        await addTask(bytes: Array(csv.utf8), title: title, to: people, more, headers: headers)
    }

    @discardableResult
    func addTask(
        bytes: [UInt8], title: String = "Renewals", type: String = "text/csv", to people: [String]? = nil,
        _ more: [FormPart] = [], headers: [String: String] = [:]
    ) async -> Answer {
        let people = people ?? [oneID, twoID]
        let parts: [FormPart] = [
            .field("title", title), .field("description", "Call them."), .field("uniqueProposition", "The old price"),
            .field("assignedSalesReps", "[" + people.map { "\"\($0)\"" }.joined(separator: ",") + "]"),
            .file("customersFile", "customers.csv", bytes, type: type),
        ]
        return await portal.send(
            "POST", "/admin/tasks/add-tasks", form: parts + more, as: admin, headers: headers)
    }

    /// Takes the next customer; again, where the tenant has too much to write.
    func next(_ caller: Caller) async -> JSON? {
        var answer = await portal.send("POST", "/representative/work/next", as: caller)
        while answer.status == 503 { answer = await portal.send("POST", "/representative/work/next", as: caller) }
        guard let work = answer.body["data"]?["work"], work != .null else { return nil }
        return work
    }

    /// A call that ends now.
    func completion(
        of work: JSON, by rep: String, _ details: JSON = ["outcome": "SUCCESSFUL"], minutes: Int = 5
    ) -> JSON {
        let now = portal.clock.now
        let basis: JSON = [
            "startTime": .string((now - .seconds(60 * minutes)).description), "endTime": .string(now.description),
            "duration": .integer(Int64(minutes)), "customerInsights": "Wants a contract by mail.",
        ]
        return [
            "taskId": work["taskId"] ?? "", "salesId": .string(rep),
            "customerId": work["customer"]?["customerId"] ?? "", "callDetails": basis.merged(with: details),
        ]
    }

    @discardableResult
    func complete(_ body: JSON, as caller: Caller) async -> Answer {
        await portal.send("POST", "/representative/call-completion", body, as: caller)
    }
}

/// A test's own arrangements failed.
struct Misfit: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Customers as a CSV file; numbers are German, where the test clock shows 10:00 on a Monday.
enum Sheet {
    static func customers(_ count: Int, from first: Int = 0, priority: (Int) -> String = { _ in "MEDIUM" }) -> String {
        (0..<count).reduce(into: "name,phone,email,priority,description\r\n") { csv, number in
            let digits = String(1_000_000 + first + number).dropFirst()
            csv +=
                "Customer \(first + number),+493055\(digits),c\(first + number)@example.com,\(priority(number)),Bakery\r\n"
        }
    }
}

/// Runs the plugin with its call centre.
func withCallCentre<T>(
    settings: JSON = [:], over transport: Transport = .process, _ body: (CallCentre) async throws -> T
) async throws -> T {
    try await withPlugin(SalesTasks.self, settings: settings, over: transport) { portal in
        try await body(try await CallCentre(portal))
    }
}
