internal import PluginAPI

/// Who does it: seed 004's two roles, and the supervisor between them.
extension Role {
    static let callCentre: [Role] = [.admin, .supervisor, .representative]

    static let admin = Role(
        "ADMIN", "Runs the whole call centre.", needs: .passwordOrFederated,
        allows: Permission.callCentre.map { Allowance($0, .tenant) }, administersTenant: true)

    static let supervisor = Role(
        "SUPERVISOR", "Watches the floor, moves work, reviews calls and approves scripts.", needs: .passwordOrFederated,
        allows: [
            .readTasks, .writeTasks, .readCalls, .writeCalls, .reviewCalls, .readCustomers, .readDashboards,
            .readScripts, .writeScripts, .readRepresentatives,
        ].map { (permission: Permission) in Allowance(permission, .tenant) })

    static let representative = Role(
        "SALES_REP", "Calls customers.", needs: .passwordOrFederated,
        allows: [.readTasks, .runWork, .readCalls, .writeCalls, .readDashboards].map { (permission: Permission) in
            Allowance(permission, .assigned)
        })
}
