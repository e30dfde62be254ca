import PluginAPI

/// The host's own repeating work in each tenant.
struct HostJob: Sendable {
    let name: String
    let rule: Rule
    let work: @Sendable (Instant, HostWriter) throws -> Void

    static let all: [HostJob] = [
        HostJob(name: "housekeeping", rule: .every(seconds: 24 * 3600)) { now, host in
            try EventTable.trim(before: now - .seconds(7 * 86_400), host)
            try OutboxTable.trim(before: now - .seconds(90 * 86_400), host)
            try Sessions.trim(now: now, host)
            try Lockout.trim(now: now, host)
            try KnownDevices.trim(now: now, host)
            try AccountLinks.trim(now: now, host)
            try FactorChallenges.trim(now: now, host)
        }
    ]
}
