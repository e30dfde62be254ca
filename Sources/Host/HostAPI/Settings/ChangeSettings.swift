import Database
import PluginAPI

extension Route<PorticoAPI> {
    static let changeSettings = Route.patch(
        PorticoAPI.base + "/settings", .asynchronous(PorticoAPI.changeSettings), needs: .permission(.writeSettings),
        refuses: [SettingsRefusal.self],
        "Changes settings by a merge patch (RFC 7396): checked as a whole, live when the answer comes, kept over restarts. Null removes a value, so that the default holds."
    )
}

/// The whole body: members to change, null to remove.
struct SettingsPatch: Described {
    var patch: JSON

    static let schema = Schema<JSON>.openObject.converted(
        to: { SettingsPatch(patch: $0) }, from: { $0.patch }, allowed: "an object"
    ).wholeBody
}

/// Why settings are not changed, beyond what is wrong with the values themselves.
enum SettingsRefusal: Refusal {
    case locked, outOfReach
    var problem: Problem {
        switch self {
        case .locked: Problem(403, "INSUFFICIENT_PERMISSIONS", "The tenant's file alone decides this setting.")
        case .outOfReach:
            Problem(
                403, "INSUFFICIENT_PERMISSIONS",
                "The tenant's file alone enables plugins, names secrets and says where they go.")
        }
    }
}

extension PorticoAPI {
    func changeSettings(_ change: SettingsPatch, _ call: Call<Member>) async throws -> SettingsShown {
        let host = host
        try await call.store.write { tx in
            try tx.host { tables, origin in try self.store(change.patch, origin, tables) }
        }
        try await host.remake()
        let overlay = try await call.store.read { tx in try tx.host { try OverlayTable.load($0) } }
        return SettingsShown(try TenantSettings(content: host.content, overlay: overlay, reader: host.reader))
    }

    /// Lays a patch over what is stored, if all of it may be and the whole is sound.
    private func store(_ patch: JSON, _ origin: Origin, _ tables: HostWriter) throws {
        let subject = Subject("settings", id: "")
        let before = try OverlayTable.load(tables)
        if let refusal = SettingsOverlay(patch).refusals(by: host.settings.values).first {
            throw refused(refusal).audited(
                "settings.changed", on: subject, details: ["path": .string(refusal.path.description)])
        }
        let after = before.patched(with: patch)
        guard after != before else { return }
        let settings = try TenantSettings(content: host.content, overlay: after, reader: host.reader)
        try tryOut(settings)
        try OverlayTable.store(after, now: origin.now, tables)
        try AuditTable.append(
            AuditEntry(
                "settings.changed", on: subject, before: before.shown(where: patch), after: SettingsShown.shown(patch)),
            origin, tables)
    }

    /// Makes the plugins whose settings change, and lets them go: what one of them cannot live with is said before
    /// anything is stored. They begin nothing when they are made.
    private func tryOut(_ settings: TenantSettings) throws {
        for plugin in host.definitions where !plugin.isHost {
            guard let document = settings.document(ofPlugin: plugin.id) else { continue }
            do {
                _ = try plugin.install(.json(document.root), services)
            } catch let invalid as Invalid {
                throw Invalid(
                    invalid.mistakes.map {
                        Mistake(
                            [.name("plugins"), .name(plugin.id)] + $0.path, Mistake.Code(rawValue: $0.code), $0.message)
                    })
            } catch {
                services.log.write(.error, "a plugin refuses its settings", ["plugin": plugin.id, "error": "\(error)"])
                throw Problem.invalid([
                    Mistake(
                        [.name("plugins"), .name(plugin.id)], .notAllowed, "must be settings that the plugin can use")
                ])
            }
        }
    }

    private func refused(_ refusal: SettingsOverlay.Refusal) -> Problem {
        var problem =
            switch refusal.reason {
            case .locked: SettingsRefusal.locked.problem
            case .pluginNotInFile, .secret, .notAnObject: SettingsRefusal.outOfReach.problem
            }
        problem.message = "\(refusal.path): \(problem.message)"
        problem.details = ["path": .string(refusal.path.description)]
        return problem
    }
}

extension SettingsOverlay {
    /// What this overlay says where a patch changes it; for the audit log.
    fileprivate func shown(where patch: JSON) -> JSON { SettingsShown.shown(Self.part(self.patch, patch)) }

    private static func part(_ tree: JSON, _ shape: JSON) -> JSON {
        guard let names = shape.members?.list, let members = tree.members else { return tree }
        var part = JSON.Members()
        for (name, shape) in names {
            if let value = members[name] { part[name] = self.part(value, shape) }
        }
        return .object(part)
    }
}
