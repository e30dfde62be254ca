import Database
import PluginAPI

/// A write session as one plugin sees it: its own tables, and what the host writes beside them in the same transaction.
final class PluginWriteBackend: TransactionBackend, TenantReading {
    private let session: WriteSession
    let host: HostWriter
    private let owner: Owner
    let plugin: PluginDefinition
    /// The tenant's plugins, where something is asked of all of them.
    let plugins: [PluginDefinition]
    let origin: Origin

    var tables: HostWriter { host }
    var pluginID: String { plugin.id }
    var scope: String? { plugin.isHost ? nil : plugin.id }

    /// The host's tables and where the change comes from; nil for every plugin but the host's own API.
    var hostsOwn: (tables: HostWriter, origin: Origin)? { owner == .host ? (host, origin) : nil }

    /// - Parameter plugins: the tenant's enabled plugins; for calls.
    init(
        _ session: WriteSession, owner: Owner, plugin: PluginDefinition, among plugins: [PluginDefinition] = [],
        origin: Origin
    ) {
        self.session = session
        self.plugins = plugins
        self.owner = owner
        self.plugin = plugin
        self.origin = origin
        host = HostWriter(session)
    }

    func past(_ moment: Instant) throws(StoreError) -> any TransactionBackend {
        guard origin.demo != nil else { throw StoreError(.misuse, "only a demo makes up a past") }
        var origin = origin
        origin.now = moment
        origin.demo = .past
        return PluginWriteBackend(session, owner: owner, plugin: plugin, among: plugins, origin: origin)
    }

    func forEach(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try session.forEach(sql, owner: owner, body)
    }

    func forFirst(_ sql: SQL, _ body: (borrowing Row) throws(StoreError) -> Void) throws(StoreError) {
        try session.forFirst(sql, owner: owner, body)
    }

    func run(_ sql: SQL) throws(StoreError) -> Int { try session.run(sql, owner: owner) }

    func publish(_ event: PublishedEvent) throws(StoreError) {
        guard plugin.events.contains(where: { $0.name == event.name }) else {
            throw StoreError(.misuse, "\(plugin.id) publishes \(event.name), which its manifest does not declare")
        }
        try EventTable.append(event, origin, host)
    }

    func notify(_ notice: Notice) throws(StoreError) {
        guard let type = plugin.notices.first(where: { $0.name == notice.type }) else {
            throw StoreError(.misuse, "\(plugin.id) sends \(notice.type), which its manifest does not declare")
        }
        for name in type.placeholders where notice.values[name] == nil {
            throw StoreError(.misuse, "\(plugin.id) sends \(notice.type) without a value for {\(name)}")
        }
        try OutboxTable.add(notice, origin, host)
    }

    func mail(
        _ type: String, to address: Email, subject: String, body: String, until end: Instant
    ) throws(StoreError) {
        guard plugin.notices.contains(where: { $0.name == type }) else {
            throw StoreError(.misuse, "\(plugin.id) mails \(type), which its manifest does not declare")
        }
        // As the host's own letters go: there is no account whose wishes could be asked.
        var origin = origin
        origin.plugin = Owner.host.id
        try OutboxTable.addDirect(
            type, channel: .email, to: address.text, subject: subject, body: body, expiresAt: end, origin, host)
    }

    func withdrawNotices(key: String) throws(StoreError) { try OutboxTable.withdraw(key: key, origin, host) }

    func audit(_ entry: AuditEntry) throws(StoreError) { try AuditTable.append(entry, origin, host) }

    func schedule(_ job: String, at: Instant, key: String, payload: [UInt8]) throws(StoreError) {
        guard plugin.jobs.contains(where: { $0.name == job && !$0.repeats }) else {
            throw StoreError(.misuse, "\(plugin.id) schedules \(job), which its manifest does not declare")
        }
        try JobTable.schedule(job, at: at, key: key, payload: payload, origin, host)
    }

    func unschedule(_ job: String, key: String) throws(StoreError) {
        try JobTable.unschedule(job, key: key, plugin: plugin.id, host)
    }

    func addPerson(_ person: PersonChange) throws(StoreError) -> PersonID { try People.add(person, origin, host) }
    func changePerson(_ id: PersonID, _ change: PersonChange) throws(StoreError) {
        try People.change(id, change, origin, host)
    }

    func set(plan: Plan, of person: PersonID) throws(StoreError) { try Plans.set(plan, of: person, origin, host) }

    func set(preferences: Preferences, of person: PersonID) throws(StoreError) {
        try PreferencesTable.set(preferences, of: person, origin, host)
    }

    func grant(_ role: String, to person: PersonID, branch: String?) throws(StoreError) {
        try requireRole(role)
        try Roles.grant(role, of: plugin.id, to: person, branch: branch, origin, host)
    }

    func revoke(_ role: String, from person: PersonID) throws(StoreError) {
        try requireRole(role)
        try Roles.revoke(role, of: plugin.id, from: person, origin, host)
    }

    func allowActing(_ person: PersonID, for other: PersonID, as relation: String) throws(StoreError) {
        try ActingFor.allow(person, for: other, as: relation, origin, host)
    }

    func forbidActing(_ person: PersonID, for other: PersonID) throws(StoreError) {
        try ActingFor.forbid(person, for: other, origin, host)
    }

    func attach(_ file: FileID, to subject: Subject, from origin: FileOrigin) throws(StoreError) -> Bool {
        guard let kind = plugin.files.first(where: { $0.kind == subject.kind }) else {
            throw StoreError(
                .misuse, "\(plugin.id) attaches files to a \(subject.kind), which its manifest does not declare")
        }
        return try FileTable.attach(file, to: subject, from: origin, keptFor: kind.keptFor, self.origin, host)
    }

    func detach(_ file: FileID, from subject: Subject) throws(StoreError) {
        try FileTable.detach(file, from: subject, origin, host)
    }

    func deleteFile(_ file: FileID) throws(StoreError) -> Bool {
        guard try self.file(file) != nil else { return false }
        return try FileTable.delete(file, now: origin.now, host)
    }

    func keepFile(_ file: FileID, until end: Instant?) throws(StoreError) {
        if try self.file(file) != nil { try FileTable.set(end, of: file, host) }
    }

    func holdFile(_ file: FileID, _ isHeld: Bool) throws(StoreError) {
        if try self.file(file) != nil { _ = try FileTable.hold(file, isHeld, origin, host) }
    }

    func startLong(_ job: String, id: LongJobID, payload: [UInt8], for person: PersonID?) throws(StoreError) {
        guard plugin.longJobs.contains(where: { $0.name == job }) else {
            throw StoreError(.misuse, "\(plugin.id) starts \(job), which its manifest does not declare")
        }
        try LongJobTable.add(id, job, payload: payload, for: person, origin, host)
    }

    func cancelLong(_ id: LongJobID) throws(StoreError) {
        try LongJobTable.cancel(id, plugin: plugin.id, now: origin.now, host)
    }

    private func requireRole(_ role: String) throws(StoreError) {
        guard plugin.roles.contains(where: { $0.name == role }) else {
            throw StoreError(.misuse, "\(plugin.id) grants the role \(role), which its manifest does not declare")
        }
    }
}
