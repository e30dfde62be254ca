import Database
import PluginAPI
import Testing

@testable import Host

@Suite struct `The audit log` {
    private func write(_ count: Int, to portal: SignInDesk) async throws {
        try await portal.host { host in
            for number in 0..<count {
                let entry = AuditEntry(
                    "visit.changed", on: Subject("visit", id: "v\(number)"), details: ["room": .string("a\"\(number)")])
                try AuditTable.append(entry, SignInDesk.origin(.seconds(number)), host)
            }
        }
    }

    /// Changes the file as somebody could who has it and knows SQL, past the triggers.
    private func tamper(_ portal: SignInDesk, _ sql: String) async throws {
        let triggers = "DROP TRIGGER portico_audit_is_not_changed; DROP TRIGGER portico_audit_is_not_deleted;"
        _ = try await portal.database.migrate(
            .host, SignInDesk.steps + [MigrationStep(id: "tamper", sql: triggers + sql)])
    }

    private func fault(_ portal: SignInDesk) async throws -> AuditFault? {
        do {
            try await AuditTable.verify(portal.database, tenant: portal.tenant.slug)
            return nil
        } catch let fault as AuditFault {
            return fault
        }
    }

    @Test func `keeps who did what, when, from where and in which request`() async throws {
        try await withPortal { portal in
            var origin = SignInDesk.origin(agent: String(repeating: "x", count: 1000))
            origin.person = PersonID(rawValue: "usr_ann")
            origin.onBehalfOf = PersonID(rawValue: "usr_bob")
            let entry = AuditEntry(
                "visit.cancelled", on: Subject("visit", id: "v1"), outcome: .refused, details: ["late": true])
            try await portal.host { [origin] in try AuditTable.append(entry, origin, $0) }
            let row = try await portal.host {
                try $0.one("SELECT * FROM portico_audit ORDER BY number DESC", as: AuditRow.self)
            }
            #expect(
                row.at == SignInDesk.start.microseconds && row.plugin == "surgery" && row.action == "visit.cancelled")
            #expect(row.person == origin.person && row.onBehalfOf == origin.onBehalfOf)
            #expect(row.subjectKind == "visit" && row.subjectID == "v1" && row.outcome == "refused")
            #expect(row.address == "192.0.2.1" && row.requestID == "req" && row.details == #"{"late":true}"#)
            #expect(row.userAgent?.count == 400)
        }
    }

    @Test(arguments: ["UPDATE portico_audit SET action = 'x'", "DELETE FROM portico_audit"] as [SQL])
    func `cannot be changed`(sql: SQL) async throws {
        try await withPortal { portal in
            let fault = try await storeFault { try await portal.host { _ = try $0.run(sql) } }
            #expect(fault == .refused("AUDIT_IS_APPEND_ONLY"))
        }
    }

    @Test func `is whole as it was written, over many slices`() async throws {
        try await withPortal { portal in
            let before = try await AuditTable.verify(portal.database, tenant: portal.tenant.slug)
            try await write(1100, to: portal)
            #expect(try await AuditTable.verify(portal.database, tenant: portal.tenant.slug) == before + 1100)
        }
    }

    @Test(arguments: [
        ("UPDATE portico_audit SET action = 'visit.kept' WHERE number = 6", AuditFault.altered(number: 6)),
        ("UPDATE portico_audit SET person_id = 'usr_x' WHERE number = 6", .altered(number: 6)),
        ("UPDATE portico_audit SET at = at + 1 WHERE number = 6", .altered(number: 6)),
        ("UPDATE portico_audit SET hash = X'00' WHERE number = 6", .altered(number: 6)),
        ("DELETE FROM portico_audit WHERE number = 6", .missing(number: 6)),
        (
            "DELETE FROM portico_audit WHERE number = 6; UPDATE portico_audit SET number = number - 1 WHERE number > 6",
            .altered(number: 6)
        ),
        (
            """
            UPDATE portico_audit SET number = -1 WHERE number = 6; UPDATE portico_audit SET number = 6 WHERE number = 7;
            UPDATE portico_audit SET number = 7 WHERE number = -1
            """, .altered(number: 6)
        ),
        ("DELETE FROM portico_audit WHERE number = 10", .endDiffers(number: 9)),
        ("DELETE FROM portico_audit", .endDiffers(number: 0)),
        (
            "DELETE FROM portico_audit WHERE number = 10; UPDATE portico_audit_end SET number = 9, hash = (SELECT hash FROM portico_audit WHERE number = 9)",
            .endDiffers(number: 9)
        ),
        ("DELETE FROM portico_audit_end", .endDiffers(number: 10)),
    ])
    func `shows what was changed, dropped or moved`(sql: String, expected: AuditFault) async throws {
        try await withPortal { portal in
            let written = try await portal.count("portico_audit")
            try await write(10 - written, to: portal)
            #expect(try await fault(portal) == nil)
            try await tamper(portal, sql)
            #expect(try await fault(portal) == expected)
        }
    }

    @Test func `shows a row made up behind the last`() async throws {
        try await withPortal { portal in
            try await tamper(portal, "")
            let last = try await portal.host { host in
                let end = try host.one(AuditEnd.columns, as: AuditEnd.self)
                let row = AuditRow(
                    number: end.number + 1, AuditEntry("made.up", on: Subject("x", id: "")), SignInDesk.origin())
                try host.run(
                    """
                    INSERT INTO portico_audit SELECT \(row.number), \(row.at), \(row.plugin), \(row.person),
                        \(row.onBehalfOf), \(row.action), \(row.subjectKind), \(row.subjectID), \(row.outcome),
                        \(row.address), \(row.userAgent), \(row.requestID), \(row.details), \(row.hash(after: end.hash))
                    """)
                return row.number
            }
            #expect(try await fault(portal) == .endDiffers(number: last))
        }
    }
}
