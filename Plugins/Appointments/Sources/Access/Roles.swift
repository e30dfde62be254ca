internal import PluginAPI

/// Who does it: the matrix of seed 002 §2.2, with `run:reconcile` and RECEPTION of contract §10, and the customer.
extension Role {
    static let clinic: [Role] = [.customer] + staffOfClinic

    /// The roles of those who work there, the widest first.
    static let staffOfClinic: [Role] = [.admin, .manager, .practitioner, .reception, .staff]

    static let customer = Role(
        "customer", "Books visits and keeps a profile of their own.", needs: .any,
        allows: allow(
            .own, .readAppointments, .writeAppointments, .readProfile, .writeProfile, .readMessages, .writeMessages))

    static let admin = Role(
        "ADMIN", "Runs the whole clinic.", needs: .passwordOrFederated,
        allows: allow(
            .tenant, Permission("read:*"), Permission("write:*"), Permission("delete:*"), Permission("admin:*"),
            .runReconcile), administersTenant: true)

    static let manager = Role(
        "MANAGER", "Runs a branch.", needs: .passwordOrFederated,
        allows: allow(
            .branch, Permission("read:*"), .writeAppointments, .writeServices, .readReports, .writeReports,
            .runReconcile, .writeMessages))

    static let practitioner = Role(
        "PRACTITIONER", "Sees patients at a branch.", needs: .passwordOrFederated,
        allows: allow(.branch, .readPatients, .readAppointments, .writeAppointments, .readServices, .readReports))

    static let staff = Role(
        "STAFF", "Works at a branch.", needs: .passwordOrFederated,
        allows: allow(
            .branch, .readPatients, .readAppointments, .writeAppointments, .readServices, .readMessages,
            .writeMessages))

    static let reception = Role(
        "RECEPTION", "Receives patients at a branch and keeps their records.", needs: .passwordOrFederated,
        allows: allow(
            .branch, .readPatients, .writePatients, .readAppointments, .writeAppointments, .readServices, .readMessages,
            .writeMessages))

    private static func allow(_ scope: Scope, _ permissions: Permission...) -> [Allowance] {
        permissions.map { Allowance($0, scope) }
    }
}
