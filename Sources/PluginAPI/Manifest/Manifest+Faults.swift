extension Manifest {
    /// Everything wrong with this manifest by itself; the host refuses to start on any.
    public var faults: [String] {
        var faults = identityFaults + permissionFaults + liveFaults + routes.flatMap(\.declaration.faults) + pathFaults
        faults +=
            migrationFaults + noticeFaults + repeated(jobs.map(\.name) + longJobs.map(\.name), "job")
            + repeated(events.map(\.name), "event")
        for event in events where !event.name.hasPrefix(id + ".") {
            faults.append("the event \(event.name) must begin with \(id).")
        }
        if !P.Settings.schema.roundTrips {
            faults.append("the settings' fields and initialiser are in different order")
        }
        for role in tiered where !roles.contains(where: { $0.name == role }) {
            faults.append("the role \(role) is in tiers, but not declared")
        }
        faults += repeated(tiered, "tiered role") + repeated(files.map(\.kind), "kind of files")
        for access in files {
            for permission in access.permissions where !permissions.contains(permission) {
                faults.append("files of \(access.kind) need \(permission.name), which is not declared")
            }
        }
        faults += conversationFaults
        for data in personalData where !data.table.hasPrefix(tablePrefix + "_") {
            faults.append("personal data names the table \(data.table), which is not the plugin's")
        }
        for data in personalData where !data.names.allSatisfy(Self.isSQLName) {
            faults.append("personal data of \(data.table) has a name that is not letters, digits and _")
        }
        return faults
    }

    private static func isSQLName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
    }

    private var identityFaults: [String] {
        let isWord =
            id.first?.isLetter == true && id.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
        return isWord ? [] : ["the id \"\(id)\" must be lower-case words with dashes"]
    }

    private var permissionFaults: [String] {
        var faults = repeated(permissions.map(\.name), "permission") + repeated(roles.map(\.name), "role")
        for permission in permissions where !permission.isWellFormed {
            faults.append("the permission \(permission.name) is not verb:resource")
        }
        for role in roles {
            for allowance in role.allows where !permissions.contains(where: { allowance.permission.covers($0) }) {
                faults.append(
                    "the role \(role.name) allows \(allowance.permission.name), which covers nothing declared")
            }
        }
        for route in routes {
            if case .permission(let permission) = route.declaration.access, !permissions.contains(permission) {
                faults.append("\(route.declaration.path) needs \(permission.name), which is not declared")
            }
        }
        for route in routes where route.declaration.extent == .whole {
            guard case .permission(let permission) = route.declaration.access else { continue }
            let holders = roles.flatMap(\.allows).filter { $0.permission.covers(permission) }
            if !holders.isEmpty, !holders.contains(where: { $0.scope == .tenant }) {
                faults.append(
                    "\(route.declaration.path) needs \(permission.name) over the whole tenant, which no role gives: "
                        + "say .listing, .own or of: whose")
            }
        }
        for route in routes where dialect != .status {
            guard case .annotated = route.declaration.answer else { continue }
            faults.append("\(route.declaration.path) answers with metadata, for which the dialect has no place")
        }
        for page in pages {
            if let permission = page.needs, !permissions.contains(permission) {
                faults.append("\(page.path) needs \(permission.name), which is not declared")
            }
        }
        for signIn in signIns { faults += signIn.declaration.faults(roles: roles) }
        return faults
    }

    private var pathFaults: [String] {
        let declared = routes.map { "\($0.declaration.method.rawValue) \(Self.shape($0.declaration.path))" }
        let gets = live.map { "GET \(Self.shape($0.path))" }
        let posts = signInPaths.map { "POST \(Self.shape($0))" }
        var faults = repeated(declared + posts + gets, "route") + repeated(pages.map { Self.shape($0.path) }, "page")
        let paths =
            routes.map(\.declaration.path) + pages.map(\.path) + signInPaths + live.map(\.path)
            + [webhooksAt, auditAt].compactMap { $0 }
        for path in Set(paths).sorted() where !prefixes.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) {
            faults.append("\(path) lies outside the prefixes \(prefixes)")
        }
        return faults
    }

    private var signInPaths: [String] { signIns.flatMap { $0.declaration.paths.map(\.path) } }

    private var migrationFaults: [String] {
        var faults = repeated(migrations.map(\.id), "migration")
        if migrations.map(\.id) != migrations.map(\.id).sorted() {
            faults.append("the migrations are not in the order of their ids")
        }
        return faults
    }

    private var conversationFaults: [String] {
        guard let conversations else { return [] }
        var faults = repeated(conversations.kinds.map(\.name), "kind of conversations")
        if conversations.kinds.isEmpty { faults.append("its conversations are of no kind") }
        for permission in [conversations.read, conversations.write].compactMap({ $0 })
        where !permissions.contains(permission) {
            faults.append("conversations need \(permission.name), which is not declared")
        }
        for kind in conversations.kinds {
            if !(1...64).contains(kind.name.utf8.count) { faults.append("a kind of conversations has no name") }
            for role in kind.pool where !roles.contains(where: { $0.name == role }) {
                faults.append("conversations of the kind \(kind.name) go to the role \(role), which is not declared")
            }
        }
        return faults
    }

    private var noticeFaults: [String] {
        var faults = repeated(notices.map(\.name), "notice")
        for notice in notices {
            if !NoticeCategory.isWellFormed(notice.category.name) {
                faults.append(
                    "the notice \(notice.name) has the category \(notice.category.name), which is no name of one")
            }
            if notice.channels.isEmpty { faults.append("the notice \(notice.name) has no channel") }
            if notice.texts["en"] == nil { faults.append("the notice \(notice.name) has no English text") }
            for (language, text) in notice.texts {
                for name in Placeholders.names(in: text.subject + text.body) where !notice.placeholders.contains(name) {
                    faults.append("the notice \(notice.name) uses {\(name)} in \(language), which is not declared")
                }
            }
        }
        return faults
    }

    func repeated(_ names: [String], _ kind: String) -> [String] {
        var seen: Set<String> = []
        return names.filter { !seen.insert($0).inserted }.map { "the \(kind) \($0) is declared twice" }
    }

    /// A path with its parameters' names removed: two such paths that are equal collide.
    public static func shape(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { $0.hasPrefix("{") ? "{}" : $0 }
            .joined(separator: "/")
    }
}
