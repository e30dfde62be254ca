internal import Synchronization

/// The IANA time zones in the system's files, kept in memory once read. May be used from any thread.
/// It holds at most one entry per file of its directories.
public final class ZoneDatabase: Sendable {
    /// The database every part of the process shares.
    public static let system = ZoneDatabase()

    /// Where zones are looked for, in this order: a zone comes from the first directory that has its file.
    public let directories: [String]

    private struct State {
        var zones: [String: ZoneRules] = [:]
        /// Counts the reloads, so that a file read before one is not kept after it.
        var generation = 0
        var names: [String]?
        /// Nil until it was looked for.
        var version: String??
    }

    private let state = Mutex(State())

    /// The database in `directories`; without them in `$TZDIR` if set, `/usr/share/zoneinfo` and `/usr/lib/zoneinfo`.
    public init(directories: [String]? = nil) {
        self.directories =
            directories
            ?? ([SystemFile.environment("TZDIR")].compactMap { $0 } + ["/usr/share/zoneinfo", "/usr/lib/zoneinfo"])
    }

    /// The zone of this IANA name. `UTC` is always there. Reads a file the first time a name is asked for.
    public func zone(named name: String) throws(UnknownZone) -> Zone {
        if name == "UTC" { return .utc }
        let (known, generation) = state.withLock { ($0.zones[name], $0.generation) }
        if let known { return Zone(known) }
        guard Self.isValid(name) else { throw UnknownZone(name: name, reason: .invalidName) }
        let rules = try read(name)
        return Zone(
            state.withLock { state in
                // Two readers at once: both get the one that was kept first, so equal zones share their memory.
                guard state.generation == generation else { return rules }
                if let kept = state.zones[name] { return kept }
                state.zones[name] = rules
                return rules
            })
    }

    /// The names of all zones, sorted by their bytes, links included. Walks the directories the first time it is asked
    /// for.
    public var names: [String] {
        let (known, generation) = state.withLock { ($0.names, $0.generation) }
        if let known { return known }
        let found = ZoneWalk(directories: directories).names
        state.withLock { if $0.generation == generation { $0.names = found } }
        return found
    }

    /// The version of the database, such as `2025b`, from its `tzdata.zi` or `+VERSION`; nil if it has neither.
    public var version: String? {
        let (known, generation) = state.withLock { ($0.version, $0.generation) }
        if let known { return known }
        let found = directories.lazy.compactMap(Self.version(of:)).first
        state.withLock { if $0.generation == generation { $0.version = .some(found) } }
        return found
    }

    /// Forgets what was read, so that zones looked up from now on come from the files as they now are.
    /// Zones already handed out stay as they are.
    public func reload() {
        state.withLock { $0 = State(generation: $0.generation + 1) }
    }

    private func read(_ name: String) throws(UnknownZone) -> ZoneRules {
        for directory in directories {
            guard let bytes = SystemFile.contents(directory + "/" + name, limit: TZif.sizeLimit), TZif.hasMagic(bytes)
            else { continue }
            do throws(TZif.Damage) {
                return try TZif.rules(named: name, from: bytes)
            } catch {
                throw UnknownZone(name: name, reason: .damaged(error.text))
            }
        }
        throw UnknownZone(name: name, reason: .notFound)
    }

    /// Whether the database could hold `name`: parts of letters, digits, `_ + -` between single slashes. There are no
    /// points, so no name leads out of a directory; and none begins with `posix/` or `right/`, which hold the same
    /// zones once more.
    static func isValid(_ name: String) -> Bool {
        guard name.utf8.count <= 128, !name.hasPrefix("posix/"), !name.hasPrefix("right/") else { return false }
        return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty
                && part.allSatisfy { byte in
                    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                        || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                }
        }
    }

    private static func version(of directory: String) -> String? {
        let begin = "# version "
        if let bytes = SystemFile.contents(directory + "/tzdata.zi", limit: 64), bytes.starts(with: begin.utf8) {
            return firstLine(bytes.dropFirst(begin.utf8.count))
        }
        return SystemFile.contents(directory + "/+VERSION", limit: 64).flatMap { firstLine($0[...]) }
    }

    private static func firstLine(_ bytes: ArraySlice<UInt8>) -> String? {
        let line = bytes.prefix { $0 > 32 }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
