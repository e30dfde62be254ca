internal import PluginAPI

extension Role {
    static let legal: [Role] = [client, paralegal, attorney, legalAdmin]

    static let client = Role(
        "CLIENT", "Follows their own cases.", needs: .any,
        allows: [.usePortal, .readMessages, .writeMessages].map { (permission: Permission) in
            Allowance(permission, .own)
        })

    static let paralegal = Role(
        "PARALEGAL", "Works on the cases of their teams.", needs: .passwordOrFederated,
        allows: team.map { Allowance($0, .assigned) })

    static let attorney = Role(
        "ATTORNEY", "Opens cases, leads them, and works on those of their teams.", needs: .passwordOrFederated,
        allows: (team + [.openCases, .staffCases, .writeClients, .holdDocuments]).map { Allowance($0, .assigned) })

    static let legalAdmin = Role(
        "ADMIN", "Runs the firm's portal: every case, conflicts, holds, webhooks.", needs: .passwordOrFederated,
        // The portal's too, because an admin may do to an account only what lies within their own roles.
        allows: Permission.legal.map { Allowance($0, .tenant) }, administersTenant: true)

    private static let team: [Permission] = [
        .readCases, .writeCases, .readClients, .readDocuments, .writeDocuments, .readTasks, .writeTasks, .readMessages,
        .writeMessages,
    ]
}
