import Testing

@testable import PluginTestKit

@Suite struct `Conformance` {
    @Test func `finds every promise that is broken`() async throws {
        let findings = await conformance(of: PromiseBreaker.self) { portal in
            let user = Caller.person(try await portal.person(roles: ["USER"]))
            await portal.send("POST", "/breaker/counted", as: user)
            await portal.send("PUT", "/breaker/faulty", ["sql": "nonsense"], as: user)
            await portal.send("PUT", "/breaker/careless", ["sql": "nonsense"], as: user)
        }
        let expected = [
            "breaker: a write answered 201 ", "POST /breaker/refused: refuses with 409 NOT_TODAY",
            "GET /breaker/anything/{id}: another tenant's object gets 404, not 200",
            "PUT /breaker/faulty: answered 500; the log says [\"a request failed",
            "personal data: there is no column birthday of a table breaker_thing",
            "PUT /breaker/careless: refuses with 400 OOPS",
        ]
        for finding in expected {
            #expect(findings.contains { $0.hasPrefix(finding) }, "\(finding) in \(findings)")
        }
        // And nothing beyond: what the routes promise together they keep.
        #expect(findings.filter { finding in !expected.contains { finding.hasPrefix($0) } } == [])
    }

    @Test func `finds faults of the manifest before anything runs`() async {
        let findings = await conformance(of: Contradictory.self)
        #expect(findings.contains { $0.contains("lies outside the prefixes") })
        #expect(findings.contains { $0.contains("needs read:there, which is not declared") })
    }

    @Test func `finds settings that the plugin does not understand`() async {
        #expect(
            await conformance(of: Neighbour.self, settings: ["depth": 3]) == [
                "these settings are refused: depth is not known here"
            ])
    }

    @Test func `finds nothing where there is nothing`() async {
        let findings = await conformance(of: Neighbour.self) { portal in
            #expect(await portal.send("POST", "/notes", ["sql": "a note"]).status == 201)
        }
        #expect(findings == [])
    }
}

@Suite struct `An answer against its document` {
    static let visit: JSONSchema = {
        var schema = JSONSchema(["type": "object", "additionalProperties": false])
        schema.properties = [
            ("id", JSONSchema(["type": "string", "minLength": 1])),
            ("size", JSONSchema(["type": "integer", "maximum": 9])),
            ("tags", .array(of: JSONSchema(["type": "string", "enum": ["a", "b"]]))),
            ("note", JSONSchema(["type": "string"]).orNull),
        ]
        schema.required = ["id", "size"]
        return schema
    }()

    static let cases: [(JSON, String?)] = [
        (["id": "1", "size": 3], nil), (["id": "1", "size": 3, "tags": ["a", "b"], "note": .null], nil),
        (["size": 3], "/id is missing"), (["id": "1", "size": "3"], "/size is no integer"),
        (["id": "", "size": 3], "/id is too short or too long"), (["id": "1", "size": 10], "/size is out of range"),
        (["id": "1", "size": 3, "tags": ["a", "c"]], "/tags/1 is none of [\"a\",\"b\"]"),
        (["id": "1", "size": 3, "note": 7], "/note is no null or string"),
        (["id": "1", "size": 3, "more": 7], "/more is not documented"), ([], " is no object"),
    ]

    @Test(arguments: cases)
    func `differs where it differs`(_ value: JSON, _ difference: String?) {
        #expect(SchemaCheck.difference(value, from: Self.visit) == difference)
    }
}
