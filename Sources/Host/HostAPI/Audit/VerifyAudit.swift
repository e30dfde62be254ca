import PluginAPI

extension Route<PorticoAPI> {
    static let verifyAudit = Route.post(
        PorticoAPI.base + "/audit/verify", .asynchronous(PorticoAPI.verifyAudit), needs: .permission(.readAudit),
        limits: [.per(.tenant, .init(6, each: .seconds(60)))], status: 200,
        "Walks the whole audit log and says whether it is as it was written.")
}

/// What walking the audit log came to.
struct AuditVerified: Described {
    var isWhole: Bool
    var entries: Int?
    var fault: String?

    static let schema = Schema.object(
        Self.init(isWhole:entries:fault:),
        Field("isWhole", \.isWhole, .bool),
        Field(
            "entries", \.entries, .optional(.int(0...(1 << 53))),
            note: "How many there have been, trimmed ones included."),
        Field("fault", \.fault, .optional(.string(0...500)), note: "The first entry that is wrong, and how."))
}

extension PorticoAPI {
    func verifyAudit(_ call: Call<Member>) async throws -> AuditVerified {
        let tenant = call.tenant.slug
        let result: AuditVerified
        do {
            let entries = try await AuditTable.verify(host.database, tenant: tenant)
            result = AuditVerified(isWhole: true, entries: entries, fault: nil)
        } catch let fault as AuditFault {
            services.log.write(.error, "the audit log is not as it was written", ["fault": fault.description])
            result = AuditVerified(isWhole: false, entries: nil, fault: fault.description)
        }
        let isWhole = result.isWhole
        try await call.store.write { tx in
            try tx.audit(
                AuditEntry("audit.verified", on: Subject("audit", id: tenant), details: ["isWhole": .bool(isWhole)]))
        }
        return result
    }
}
