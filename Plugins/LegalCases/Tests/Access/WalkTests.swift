import PluginAPI
import PluginTestKit
import Testing

@testable import LegalCases

/// Every route of the plugin, taken from its manifest so that a new one is in it by itself.
@Suite struct `Whoever is not on a case's team` {
    /// A word that is in everything of the case, and nowhere else.
    private static let word = "Zanzibar"

    @Test func `finds nothing of it by any route`() async throws {
        try await withDocumentFirm { firm in
            let made = try await Self.fill(firm)
            var found: [String: Set<String>] = [:]
            for (name, caller) in [
                ("attorney", firm.attorney), ("client", firm.client), ("outsider", firm.outsider),
                ("stranger", firm.stranger),
            ] {
                for route in LegalCases.manifest.routes.map(\.declaration) where route.method == .get {
                    let path = made.filled(route.path)
                    for query in ["", "?search=\(Self.word)", "?case=\(firm.matter)"] {
                        let answer = await firm.portal.send("GET", path + query, as: caller)
                        guard answer.text.contains(Self.word) else { continue }
                        found[name, default: []].insert(route.path)
                    }
                }
            }
            #expect(found["outsider"] == nil && found["stranger"] == nil, "\(found)")
            // What the walk would find if it could.
            #expect((found["attorney"]?.count ?? 0) >= 12, "\(found)")
            #expect((found["client"]?.count ?? 0) >= 6, "\(found)")
        }
    }

    @Test func `changes nothing of it by any route`() async throws {
        try await withDocumentFirm { firm in
            let made = try await Self.fill(firm)
            let before = await Self.events(of: firm)
            let number = JSON.integer(Int64(firm.matter))
            // What is named in a body and not in the path.
            let bodies: [String: JSON] = [
                "/api/staff/tasks/": ["case": number, "title": "x"],
                "/api/portal/messages/": ["case": number, "subject": "x", "message": "y"],
                "/api/staff/threads": [
                    "customer": .string(firm.clientID.rawValue), "subject": "x", "message": "y",
                    "reference": .string("\(firm.matter)"), "kind": "case",
                ],
            ]
            for (name, caller) in [("outsider", firm.outsider), ("stranger", firm.stranger)] {
                for route in LegalCases.manifest.routes.map(\.declaration) where route.method != .get {
                    let isAboutIt =
                        route.path.contains("{") && !route.path.contains("notification")
                        && !route.path.contains("/files")
                    guard isAboutIt || bodies[route.path] != nil else { continue }
                    for body in [bodies[route.path] ?? [:], Self.plausible] {
                        let answer = await firm.portal.send(
                            route.method.rawValue, made.filled(route.path), body, as: caller)
                        #expect(
                            [400, 403, 404, 415].contains(answer.status),
                            "\(name) \(route.method.rawValue) \(route.path): \(answer.status) \(answer.text)")
                        #expect(!answer.text.contains(Self.word), "\(name) \(route.path)")
                    }
                }
                for path in ["/api/staff/documents/", "/api/portal/documents/"] {
                    let answer = await firm.upload("text", as: caller, at: path)
                    #expect([403, 404].contains(answer.status), "\(name) \(path): \(answer.text)")
                }
            }
            let after = await Self.events(of: firm)
            #expect(after == before, "\(after.dropFirst(before.count))")
        }
    }

    /// What has happened, beside that somebody signed in.
    private static func events(of firm: DocumentFirm) async -> [String] {
        await firm.portal.events.map(\.name).filter { $0 != PersonSignedIn.name }
    }

    /// Whether a path names something of the case.
    private static func isAboutIt(_ path: String) -> Bool {
        if path.contains("notification") || path.contains("/files") { return false }
        return path.contains("{")
    }

    /// What many bodies have.
    private static let plausible: JSON = [
        "reason": "x", "title": "x", "text": "x", "name": "x", "role": "WITNESS", "note": "x", "stage": "Trial",
        "content": "x", "due_date": "2030-01-01", "answer": "x", "recipient": "x", "decision": "cleared",
    ]

    /// The ids of everything of a case.
    private struct Made {
        let numbers: [String: String]

        func filled(_ path: String) -> String {
            path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
                guard segment.hasPrefix("{") else { return String(segment) }
                return numbers[String(segment.dropFirst().dropLast())] ?? "1"
            }.joined(separator: "/")
        }
    }

    /// Puts something of each kind into the case.
    private static func fill(_ firm: DocumentFirm) async throws -> Made {
        let word = JSON.string(Self.word)
        let number = JSON.integer(Int64(firm.matter))
        let matter = "/api/staff/cases/\(firm.matter)/"
        func send(_ method: String, _ path: String, _ body: JSON, as caller: PluginTestKit.Caller? = nil)
            async throws -> PluginTestKit.Answer
        {
            let answer = await firm.portal.send(method, path, body, as: caller ?? firm.attorney)
            guard answer.status < 300 else { throw Misfit("\(method) \(path): \(answer.status) \(answer.text)") }
            return answer
        }
        let (title, party, conflicts): (JSON, JSON, JSON) = (
            ["title": word, "description": word], ["name": word, "role": "OPPONENT"], [:]
        )
        _ = try await send("PATCH", matter, title)
        let partyMade = try await send("POST", matter + "parties/", party)
        _ = try await send("POST", matter + "check-conflicts/", conflicts)
        let note: JSON = ["text": word]
        _ = try await send("POST", matter + "notes/", note)
        let due: JSON = ["title": word, "due_date": "2030-01-01"]
        let deadline = try await send("POST", matter + "deadlines/", due)
        let document = await firm.upload("\(Self.word) in the text", title: Self.word)
        let recipient: JSON = ["recipient": word]
        let share = try await send("POST", "/api/staff/documents/\(document.id)/shares/", recipient)
        let reason: JSON = ["reason": word]
        let hold = try await send("POST", "/api/staff/documents/\(document.id)/hold/", reason)
        let job: JSON = ["case": number, "title": word]
        let task = try await send("POST", "/api/staff/tasks/", job)
        let talk: JSON = ["case": number, "subject": word, "message": word]
        let thread = try await send("POST", "/api/portal/messages/", talk, as: firm.client)
        let inbox = await firm.portal.send("GET", "/api/staff/threads", as: firm.attorney)
        await firm.portal.work()
        let person = firm.attorneyID.rawValue
        let numbers: [String: String] = [
            "case_id": "\(firm.matter)", "party_id": "\(partyMade.id)", "deadline_id": "\(deadline.id)",
            "document_id": "\(document.id)", "share_id": share.body["id"]?.string ?? "", "hold_id": "\(hold.id)",
            "task_id": "\(task.id)", "thread_id": "\(thread.id)", "client_id": "\(firm.record)",
            "person_id": person, "person": person, "version": "1", "id": inbox.body[0]?["id"]?.string ?? "none",
        ]
        return Made(numbers: numbers)
    }
}
