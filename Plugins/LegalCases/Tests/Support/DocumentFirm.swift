import PluginTestKit

@testable import LegalCases

/// A firm with a case, its client and team, another client, and an attorney outside the team.
struct DocumentFirm: Sendable {
    let portal: Portal
    let admin: Caller
    let attorney: Caller
    let outsider: Caller
    let client: Caller
    let stranger: Caller
    let clientID: PersonID
    let attorneyID: PersonID
    /// The number of the client's record.
    let record: Int
    /// The number of the client's case.
    let matter: Int

    init(_ portal: Portal) async throws {
        self.portal = portal
        admin = .person(try await portal.person(email: "admin@test.example", roles: ["ADMIN"]))
        attorneyID = try await portal.person(
            givenName: "Jane", familyName: "Smith", email: "jane@test.example", roles: ["ATTORNEY"])
        attorney = .person(attorneyID)
        outsider = .person(try await portal.person(email: "out@test.example", roles: ["ATTORNEY"]))
        clientID = try await portal.person(
            givenName: "John", familyName: "Doe", email: "john@test.example", roles: ["CLIENT"])
        client = .person(clientID)
        stranger = .person(try await portal.person(email: "erin@test.example", roles: ["CLIENT"]))
        let kept = await portal.send(
            "POST", "/api/staff/clients/",
            ["first_name": "John", "last_name": "Doe", "email": "john@test.example"], as: admin)
        guard kept.status == 201 else { throw Misfit("POST client: \(kept.status) \(kept.text)") }
        record = Int(kept.id)
        matter = try await Self.addCase("Contract Dispute", of: record, team: [attorneyID], portal, as: admin)
    }

    /// Opens a case of a client.
    static func addCase(
        _ title: String, of client: Int, team: [PersonID], _ portal: Portal, as admin: Caller
    ) async throws -> Int {
        let made = await portal.send(
            "POST", "/api/staff/cases/",
            [
                "title": .string(title), "client": .integer(Int64(client)),
                "team": .array(team.map { .string($0.rawValue) }),
            ], as: admin)
        guard made.status == 201 else { throw Misfit("POST case: \(made.status) \(made.text)") }
        return Int(made.id)
    }

    /// Uploads a document.
    @discardableResult
    func upload(
        _ text: String, title: String = "Contract", name: String = "contract.txt", type: String = "text/plain",
        to matter: Int? = nil, as caller: Caller? = nil, at path: String = "/api/staff/documents/",
        _ more: [FormPart] = [], headers: [String: String] = [:]
    ) async -> Answer {
        await portal.send(
            "POST", path,
            form: [
                .field("case", "\(matter ?? self.matter)"), .field("title", title),
                .file("file", name, Array(text.utf8), type: type),
            ] + more, as: caller ?? attorney, headers: headers)
    }

    /// The same by the client.
    @discardableResult
    func bring(_ text: String, title: String = "Receipt", headers: [String: String] = [:]) async -> Answer {
        await upload(text, title: title, as: client, at: "/api/portal/documents/", headers: headers)
    }

    /// A new version of a document.
    @discardableResult
    func version(_ text: String, of document: Int64, as caller: Caller? = nil, side: String = "staff") async -> Answer {
        await portal.send(
            "POST", "/api/\(side)/documents/\(document)/versions/",
            form: [.file("file", "contract.txt", Array(text.utf8), type: "text/plain")], as: caller ?? attorney)
    }

    /// What somebody was told of documents and tasks: the notices' titles.
    func titles(_ caller: Caller) async -> [String] {
        await portal.work()
        let list = await portal.send("GET", "/_portico/v1/me/notifications", as: caller)
        return (list.body["data"]?.elements ?? []).compactMap { notice in
            guard let type = notice["type"]?.string, type.hasPrefix("document-") || type.hasPrefix("task-") else {
                return nil
            }
            return notice["title"]?.string
        }
    }
}

/// A test's own arrangements failed.
struct Misfit: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Runs the plugin with its firm.
func withDocumentFirm<T>(
    settings: JSON = [:], tenant: JSON = [:], over transport: Transport = .process,
    _ body: (DocumentFirm) async throws -> T
) async throws -> T {
    try await withPlugin(LegalCases.self, settings: settings, tenant: tenant, over: transport) { portal in
        try await body(try await DocumentFirm(portal))
    }
}

extension Answer {
    /// The number of what was made or shown.
    var id: Int64 { body["id"]?.integer ?? -1 }
}

extension DocumentFirm {
    /// Closes a case.
    static func close(_ matter: Int, _ portal: Portal, as caller: Caller) async throws {
        let closed = await portal.send("POST", "/api/staff/cases/\(matter)/close/", [:], as: caller)
        guard closed.status == 200 else { throw Misfit("close: \(closed.status) \(closed.text)") }
    }
}
