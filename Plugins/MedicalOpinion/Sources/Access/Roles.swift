internal import PluginAPI

/// Who does it. Premium is no role but a plan: it comes and goes with what is paid.
extension Role {
    static let secondOpinion: [Role] = [.admin, .caseManager, .expert, .customerAdmin, .customer]

    /// The roles of customers, who are limited by their plans.
    static let customers = [Role.customer.name, Role.customerAdmin.name]
    /// The roles of those who answer customers' questions.
    static let desk = [Role.caseManager.name, Role.admin.name]

    static let admin = Role(
        "admin", "Runs the whole service.", needs: .passwordOrFederated,
        allows: Permission.secondOpinion.map { Allowance($0, .tenant) }, administersTenant: true)

    static let caseManager = Role(
        "case_manager", "Checks cases, finds experts for them, answers customers.", needs: .passwordOrFederated,
        allows: [
            .readCases, .triageCases, .readMessages, .writeMessages, .readExperts, .readCustomers, .writeCustomers,
        ].map { (permission: Permission) in Allowance(permission, .tenant) })

    static let expert = Role(
        "expert", "Writes and signs opinions on the cases assigned to them.", needs: .passwordOrFederated,
        allows: [.readCases, .reviewCases, .readMessages, .writeMessages, .readExperts, .declareExperts].map {
            (permission: Permission) in
            Allowance(permission, .assigned)
        })

    static let customerAdmin = Role(
        "customer_admin", "A customer who also acts for the accounts of their family or company.", needs: .any,
        allows: (Permission.ofCustomers + [.readAccounts]).map { Allowance($0, .own) })

    static let customer = Role(
        "customer", "Sends cases of their own.", needs: .any,
        allows: Permission.ofCustomers.map { Allowance($0, .own) })
}
