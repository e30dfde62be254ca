internal import PluginAPI

/// What people may do in a clinic (seed 002 §2.2, contract §10).
extension Permission {
    static let readAppointments = Permission("read:appointments", "See appointments")
    static let writeAppointments = Permission("write:appointments", "Book, move and cancel appointments")
    static let readProfile = Permission("read:profile", "See one's own profile")
    static let writeProfile = Permission("write:profile", "Change one's own profile")
    static let readPatients = Permission("read:patients", "See patients")
    static let writePatients = Permission("write:patients", "Add and change patients")
    static let deletePatients = Permission("delete:patients", "Remove patients")
    static let readServices = Permission("read:services", "See services, branches and practitioners")
    static let writeServices = Permission("write:services", "Change services, branches and practitioners")
    static let readReports = Permission("read:reports", "See reports")
    static let writeReports = Permission("write:reports", "Change reports")
    static let runReconcile = Permission("run:reconcile", "Look for records of the same patient")
    static let administer = Permission("admin:clinic", "Change the clinic's policies and people")

    static let clinic: [Permission] = [
        .readAppointments, .writeAppointments, .readProfile, .writeProfile, .readPatients, .writePatients,
        .deletePatients, .readServices, .writeServices, .readReports, .writeReports, .runReconcile, .administer,
        .readMessages, .writeMessages,
    ]
}
