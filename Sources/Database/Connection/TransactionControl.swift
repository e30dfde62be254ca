/// What begins and ends transactions, in the module's own name.
enum TransactionControl: Int, CaseIterable {
    case begin, beginImmediate, commit, rollBack, beginMember, rollBackMember, endMember

    var text: String {
        switch self {
        case .begin: "BEGIN"
        case .beginImmediate: "BEGIN IMMEDIATE"
        case .commit: "COMMIT"
        case .rollBack: "ROLLBACK"
        case .beginMember: "SAVEPOINT portico_member"
        case .rollBackMember: "ROLLBACK TO portico_member"
        case .endMember: "RELEASE portico_member"
        }
    }
}
