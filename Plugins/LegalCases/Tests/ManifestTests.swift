import PluginAPI
import Testing

@testable import LegalCases

@Suite struct `The manifest` {
    @Test func `has no faults`() { #expect(LegalCases.manifest.faults == []) }

    @Test func `has every endpoint of seed 003`() {
        let routes = Set(LegalCases.manifest.routes.map { "\($0.declaration.method.rawValue) \($0.declaration.path)" })
        for path in [
            "GET /api/portal/profile/", "GET /api/portal/cases/", "GET /api/portal/cases/{case_id}/",
            "GET /api/portal/messages/", "GET /api/portal/messages/{thread_id}/",
            "POST /api/portal/messages/{thread_id}/", "POST /api/portal/messages/", "GET /api/portal/documents/",
            "GET /api/portal/documents/{document_id}/", "GET /api/portal/documents/{document_id}/download/",
            "POST /api/portal/documents/", "GET /api/portal/tasks/", "POST /api/portal/tasks/{task_id}/complete/",
            "GET /api/portal/notifications/", "POST /api/portal/notifications/{notification_id}/read/",
            "PATCH /api/portal/notifications/read-all/",
        ] { #expect(routes.contains(path), "\(path)") }
        let steps = LegalCases.manifest.signIns.flatMap { $0.declaration.paths.map(\.path) }
        for path in ["/api/token/", "/api/token/refresh/", "/api/token/logout/"] { #expect(steps.contains(path)) }
        let webhooks = Set(LegalCases.manifest.webhooks.map(\.declaration.name))
        for name in ["message.created", "document.uploaded", "task.assigned", "case.updated"] {
            #expect(webhooks.contains(name))
        }
        #expect(
            LegalCases.manifest.limits == [
                RateLimit(per: .person, [.init(100, each: .seconds(60)), .init(1000, each: .seconds(3600))])
            ])
    }

    @Test func `moves cases by one table`() {
        for state in MatterState.allCases {
            for move in state.moves { #expect(move.table.from.contains(state)) }
        }
        #expect(MatterState.intake.moves == [.checkConflicts, .close])
        #expect(MatterState.archived.moves == [])
        #expect(Set(MatterStatus.allCases.flatMap(\.states)) == Set(MatterState.allCases))
    }

    @Test func `names each kind of cases once`() throws {
        func mistakes(_ text: String) throws -> [String] {
            let document = try JSONDocument(Array(text.utf8))
            return LegalCases.check(try Settings.schema.decode(.json(document.root))).map(\.field)
        }
        #expect(try mistakes("{}") == [])
        let kind = #"{"code": "CIVIL", "name": "Civil", "prefix": "CD"}"#
        #expect(try mistakes("{\"caseTypes\": [\(kind), \(kind)]}") == ["caseTypes[1].code", "caseTypes[1].prefix"])
    }
}
