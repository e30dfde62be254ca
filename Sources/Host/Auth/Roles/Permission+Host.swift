import PluginAPI

/// What running a tenant takes.
extension Permission {
    static let readUsers = Permission("read:users", "See the portal's people and their roles")
    static let writeUsers = Permission("write:users", "Add, change and suspend people, and end their sessions")
    static let readRoles = Permission("read:roles", "See the roles and what can be built into one")
    static let writeRoles = Permission("write:roles", "Make roles, and give and take those whose permissions one holds")
    static let grantRoles = Permission("grant:roles", "Give roles that hold more than one's own")
    static let readSettings = Permission("read:settings", "See the portal's settings")
    static let writeSettings = Permission("write:settings", "Change the portal's settings")
    static let readAudit = Permission("read:audit", "Search the audit log")
    static let readJobs = Permission("read:jobs", "See the work that waits, runs or has failed")
    static let writeJobs = Permission("write:jobs", "Let work that was given up run again")
    static let holdFiles = Permission("hold:files", "Put files under legal hold, and end it")
    static let readUsage = Permission("read:usage", "See how much the portal is used")
    static let readDeliveries = Permission("read:deliveries", "See what was sent to people and what became of it")
    static let writeDeliveries = Permission("write:deliveries", "Have messages that were given up tried again")
    static let readWebhooks = Permission("read:webhooks", "See webhooks and what was sent to them")
    static let writeWebhooks = Permission("write:webhooks", "Make and change webhooks, and send again")
    static let readInbox = Permission("read:inbox", "See the conversations of all plugins, with the staff's notes")
    static let writeInbox = Permission("write:inbox", "Answer, give and close the conversations of all plugins")
    static let erasePeople = Permission("erase:users", "Erase what is kept of a person, for good")
    static let manageInbox = Permission("manage:inbox", "Keep the canned replies")

    static let hosts: [Permission] = administrators + [.grantRoles]

    /// What a plugin's role that administers the tenant brings: everything but giving more than one holds.
    static let administrators: [Permission] = [
        .readUsers, .writeUsers, .readRoles, .writeRoles, .readSettings, .writeSettings, .readAudit, .readUsage,
        .holdFiles, .readDeliveries, .writeDeliveries, .readJobs, .writeJobs, .readWebhooks, .writeWebhooks,
        .readInbox, .writeInbox, .manageInbox, .erasePeople,
    ]
}

extension Role {
    /// The host's own role.
    static let tenantAdmin = Role(
        "admin", "Runs the portal: its people, roles, settings and audit log.", needs: .passwordOrFederated,
        allows: Permission.hosts.map { Allowance($0, .tenant) }, administersTenant: true)
}
