import PluginAPI

/// The host's own work in each tenant.
struct HostJob: Sendable {
    let name: String
    /// When it repeats; nil for work that is asked for.
    let rule: Rule?
    let work: Work

    /// How it is done.
    enum Work: Sendable {
        /// In one transaction together with its removal.
        case within(@Sendable (Moment, HostWriter) throws -> Void)
        /// In its own time, so that it may wait for the disk; when it is to be done next is asked at its end.
        case apart(
            @Sendable (Moment, TenantFiles) async throws -> Void, next: @Sendable (HostWriter) throws -> Instant?)
    }

    init(name: String, rule: Rule?, _ work: @escaping @Sendable (Moment, HostWriter) throws -> Void) {
        self.name = name
        self.rule = rule
        self.work = .within(work)
    }

    init(
        name: String, next: @escaping @Sendable (HostWriter) throws -> Instant?,
        _ work: @escaping @Sendable (Moment, TenantFiles) async throws -> Void
    ) {
        self.name = name
        rule = nil
        self.work = .apart(work, next: next)
    }

    /// Where and when it is done.
    struct Moment: Sendable {
        let tenant: String
        let settings: TenantFile
        let now: Instant
    }

    static let all: [HostJob] = [
        HostJob(name: "housekeeping", rule: .every(seconds: 24 * 3600)) { moment, host in
            let now = moment.now
            try JobTable.ensure(WebhookTable.trimJob, at: now, key: "", plugin: "portico", host)
            try JobTable.ensure(EventTable.trimJob, at: now, key: "", plugin: "portico", host)
            try DeliveryTable.trim(
                before: now - .seconds(Int64(moment.settings.messaging.retentionDays) * 86_400), host)
            try DeliveryReportTable.trim(before: now - .seconds(90 * 86_400), host)
            try Sessions.trim(now: now, host)
            try Lockout.trim(now: now, host)
            try KnownDevices.trim(now: now, host)
            try AccountLinks.trim(now: now, host)
            try FactorChallenges.trim(now: now, host)
            try LongJobTable.trim(now: now, host)
            try RequestDays.trim(now: now, host)
            try JobTable.ensure(AuditTable.trimJob, at: now, key: "", plugin: "portico", host)
            try JobTable.bring(FileJobs.orphans, to: now, host)
            try JobTable.ensure(ConversationTrim.job, at: now, key: "", plugin: "portico", host)
        },
        HostJob(name: WebhookTable.trimJob, rule: nil) { moment, host in
            if try WebhookTable.trim(before: moment.now - .seconds(30 * 86_400), host) {
                try JobTable.ensure(
                    WebhookTable.trimJob, at: moment.now + .seconds(1), key: "", plugin: "portico", host)
            }
        },
        HostJob(name: EventTable.trimJob, rule: nil) { moment, host in
            if try EventTable.trim(before: moment.now - .seconds(7 * 86_400), host) {
                try JobTable.ensure(
                    EventTable.trimJob, at: moment.now + .seconds(1), key: "", plugin: "portico", host)
            }
        },
        HostJob(name: ConversationTrim.job, rule: nil) { moment, host in
            let isUnfinished = try ConversationTrim.trim(now: moment.now, host)
            let next = isUnfinished ? moment.now : try ConversationTrim.next(host)
            if let next {
                try JobTable.ensure(
                    ConversationTrim.job, at: max(next, moment.now + .seconds(1)), key: "", plugin: "portico", host)
            }
        },
        HostJob(name: FileJobs.sweep, next: { try TenantFiles.nextSweep($0) }) { moment, files in
            try await files.sweep(now: moment.now)
        },
        HostJob(name: FileJobs.orphans, next: { _ in nil }) { _, files in try await files.removeOrphans() },
        HostJob(name: AuditTable.headJob, rule: nil) { moment, host in
            try AuditTable.signHead(tenant: moment.tenant, now: moment.now, host)
        },
        HostJob(name: AuditTable.trimJob, rule: nil) { moment, host in
            let before = moment.now - .seconds(moment.settings.audit.retentionDays * 86_400)
            if try AuditTable.trim(before: before, tenant: moment.tenant, now: moment.now, host) {
                try JobTable.ensure(
                    AuditTable.trimJob, at: moment.now + .seconds(1), key: "", plugin: "portico", host)
            }
        },
    ]
}
