import PluginAPI

/// What the console and the API have changed of a tenant's settings: a merge patch (RFC 7396) over its file.
struct SettingsOverlay: Sendable, Equatable {
    let patch: JSON

    /// Changes nothing.
    static let empty = SettingsOverlay([:])

    init(_ patch: JSON) { self.patch = patch }

    /// Paths that only the file decides, whether it locks them or not: the host reads them before it opens a tenant.
    static let alwaysLocked =
        ["domains", "state", "locked"].map { SettingsPath([$0]) }
        + ["certificate", "key"].map { SettingsPath(["tls", $0]) }
        + Channel.allCases.flatMap { channel in
            ChannelDriver.destinations.map { SettingsPath(["channels", channel.rawValue, $0]) }
        }

    /// Why a part of a patch may not be.
    struct Refusal: Sendable, Equatable {
        enum Reason: Sendable {
            /// The path is locked in tenant.json, or always.
            case locked
            /// Only tenant.json enables and disables plugins.
            case pluginNotInFile
            /// `$env` and `$file` reach into the operator's machine: only tenant.json names secrets, and where they go.
            case secret
            /// A patch is an object.
            case notAnObject
        }
        let reason: Reason
        /// The locked path, or else the path the patch touches.
        let path: SettingsPath
    }

    /// Everything in the patch that this file does not allow; empty when all of it is allowed.
    func refusals(by file: TenantFile) -> [Refusal] {
        var refusals: [Refusal] = []
        _ = Self.allowed(patch, [], file, &refusals)
        return refusals
    }

    /// The part that this file allows: a path locked after it was overlaid has the file's value again.
    func allowed(by file: TenantFile) -> SettingsOverlay {
        var refusals: [Refusal] = []
        return SettingsOverlay(Self.allowed(patch, [], file, &refusals) ?? [:])
    }

    /// The patch with another laid over it: what one change after another comes to. Its nulls stay, for the file below.
    func patched(with later: JSON) -> SettingsOverlay { SettingsOverlay(Self.joined(patch, later)) }

    private static func joined(_ earlier: JSON, _ later: JSON) -> JSON {
        guard let changes = later.members else { return later }
        // What is no object here has no members to keep: an object laid over it replaces it.
        var result = earlier.members ?? JSON.Members()
        for (name, value) in changes.list { result[name] = joined(result[name] ?? [:], value) }
        return .object(result)
    }

    private static func allowed(
        _ value: JSON, _ names: [String], _ file: TenantFile, _ refusals: inout [Refusal]
    ) -> JSON? {
        if let members = value.members, !members.list.isEmpty {
            var kept = JSON.Members()
            for (name, value) in members.list {
                kept[name] = allowed(value, names + [name], file, &refusals)
            }
            return kept.list.isEmpty ? nil : .object(kept)
        }
        guard let refusal = refusal(of: value, SettingsPath(names), file) else { return value }
        if !refusals.contains(refusal) { refusals.append(refusal) }
        return nil
    }

    /// Judges one end of the patch: a value, a null, or an object without members.
    private static func refusal(of value: JSON, _ path: SettingsPath, _ file: TenantFile) -> Refusal? {
        let isObject = value.members != nil
        if path.names.isEmpty { return isObject ? nil : Refusal(reason: .notAnObject, path: path) }
        for lock in alwaysLocked + file.locked where path.isWithin(lock) || !isObject && lock.isWithin(path) {
            return Refusal(reason: .locked, path: lock)
        }
        if path.names.contains(where: { $0.hasPrefix("$") }) { return Refusal(reason: .secret, path: path) }
        if holdsReference(value) { return Refusal(reason: .secret, path: path) }
        if path.names[0] == "plugins" {
            if path.names.count == 1 { return isObject ? nil : Refusal(reason: .pluginNotInFile, path: path) }
            if file.plugins[path.names[1]] == nil || path.names.count == 2 && !isObject {
                return Refusal(reason: .pluginNotInFile, path: SettingsPath(Array(path.names.prefix(2))))
            }
            if let part = partWithSecret(around: path, file) { return Refusal(reason: .secret, path: part) }
        }
        return nil
    }

    /// The part of a plugin's settings, around a path, in which the file names a secret: a server's address beside its key.
    /// The plugin's settings as a whole are none.
    private static func partWithSecret(around path: SettingsPath, _ file: TenantFile) -> SettingsPath? {
        var here = file.plugins[path.names[1]]
        for (index, name) in path.names.enumerated().dropFirst(2) {
            let names = here?.members?.list.contains { member in
                member.value.members?.list.contains { $0.name.hasPrefix("$") } ?? false
            }
            if index > 2, names == true { return SettingsPath(Array(path.names.prefix(index))) }
            here = here?[name]
        }
        return nil
    }

    /// Whether a list, at any depth, holds an object that names a secret.
    private static func holdsReference(_ value: JSON) -> Bool {
        switch value {
        case .array(let elements): elements.contains(where: holdsReference)
        case .object(let members): members.list.contains { $0.name.hasPrefix("$") || holdsReference($0.value) }
        default: false
        }
    }
}
