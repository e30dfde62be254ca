import Crypto
import PluginAPI

/// How a job stands, for administrators.
enum JobState: String, Sendable, CaseIterable {
    case waiting
    /// It failed and is tried again.
    case retrying
    case running
    case done
    /// It was given up.
    case dead
    case cancelled
}

/// A job as administrators see it.
struct JobShown: Described {
    /// What kind of work it is.
    enum Kind: String, Sendable, CaseIterable {
        /// Quick, in one transaction.
        case queued
        /// Long, with progress and a result.
        case long
    }

    var id: String
    var kind: Kind
    var plugin: String
    var name: String
    /// What tells it from others of the name.
    var key: String
    var state: JobState
    var attempts: Int
    var lastError: String?
    var nextRunAt: Instant?
    var done: Int
    var total: Int

    static let schema = Schema.object(
        Self.init(id:kind:plugin:name:key:state:attempts:lastError:nextRunAt:done:total:),
        Field("id", \.id, .string(1...2000)),
        Field("kind", \.kind, .oneOf, note: "queued: quick, in one transaction; long: with progress and a result."),
        Field("plugin", \.plugin, .string(1...100)),
        Field("name", \.name, .string(1...200)),
        Field("key", \.key, .string(0...1000), note: "What tells it from others of the name."),
        Field("state", \.state, .oneOf, note: "retrying: it failed and is tried again; dead: it was given up."),
        Field("attempts", \.attempts, .int(0...1_000_000), note: "Failed runs; of a long job all runs."),
        Field("lastError", \.lastError, .optional(.string(0...10_000))),
        Field("nextRunAt", \.nextRunAt, .optional(Instant.schema)),
        Field("done", \.done, .int(0...(1 << 53))),
        Field("total", \.total, .int(0...(1 << 53))))

    /// Both kinds as rows of one shape.
    static let all: SQL =
        """
        SELECT 'queued' AS kind, '' AS id, plugin, name, key, attempts, last_error, at, 0 AS done, 0 AS total,
            CASE WHEN state = 'dead' THEN 'dead' WHEN attempts > 0 THEN 'retrying' ELSE 'waiting' END AS state
        FROM portico_job
        UNION ALL
        SELECT 'long', id, plugin, name, id, attempts, last_error, at, done, total,
            CASE WHEN state = 'failed' THEN 'dead' WHEN state = 'waiting' AND attempts > 0 THEN 'retrying' ELSE state END
        FROM portico_long_job
        """

    /// A job by its id.
    static func find(_ id: String, _ tables: some Queries) throws(StoreError) -> JobShown? {
        let all: SQL = "SELECT * FROM (" + Self.all + ")"
        guard let parts = parts(of: id) else {
            return try tables.first(all + "WHERE kind = 'long' AND id = \(id)")
        }
        return try tables.first(
            all
                + "WHERE kind = 'queued' AND plugin = \(parts[0]) AND name = \(parts[1]) AND key = \(parts[2])")
    }

    /// The id of a queued job, which has none of its own: plugin, name and key.
    private static func id(_ plugin: String, _ name: String, _ key: String) -> String {
        "q." + Base64URL.encode(Array("\(plugin)\u{0}\(name)\u{0}\(key)".utf8))
    }

    private static func parts(of id: String) -> [String]? {
        guard id.hasPrefix("q."), let bytes = Base64URL.decode(String(id.dropFirst(2))),
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        let parts = text.split(separator: "\u{0}", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        return parts.count == 3 ? parts : nil
    }
}

extension JobShown: Record {
    init(row: borrowing Row) throws(StoreError) {
        let plugin: String = try row.get("plugin")
        let name: String = try row.get("name")
        let key: String = try row.get("key")
        let kind = Kind(rawValue: try row.get("kind")) ?? .queued
        let state = JobState(rawValue: try row.get("state")) ?? .waiting
        let isPlanned = state == .waiting || state == .retrying
        self.init(
            id: kind == .long ? try row.get("id") : Self.id(plugin, name, key), kind: kind, plugin: plugin, name: name,
            key: key, state: state, attempts: try row.get("attempts"), lastError: try row.get("last_error"),
            nextRunAt: isPlanned ? Instant(microseconds: try row.get("at")) : nil, done: try row.get("done"),
            total: try row.get("total"))
    }
}
