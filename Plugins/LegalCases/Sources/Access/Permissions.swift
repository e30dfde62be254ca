internal import PluginAPI

/// What people may do in a law firm (seed 003, contract §11). Whoever holds one for what is assigned to them holds it for the
/// cases on whose team they are.
extension Permission {
    static let usePortal = Permission("use:portal", "Follow one's own cases")
    static let readCases = Permission("read:cases", "See cases, their parties, notes and deadlines")
    static let writeCases = Permission("write:cases", "Change cases and move them on")
    static let openCases = Permission("open:cases", "Open cases")
    static let staffCases = Permission("staff:cases", "Say who works on a case")
    static let clearConflicts = Permission("clear:conflicts", "See and clear conflicts of interest, over all cases")
    static let readClients = Permission("read:clients", "See clients")
    static let writeClients = Permission("write:clients", "Add clients and change what is known of them")
    static let readDocuments = Permission("read:documents", "See and load documents")
    static let writeDocuments = Permission("write:documents", "Add, change, share and bundle documents")
    static let holdDocuments = Permission(
        "hold:documents", "Put documents and cases under legal hold, and release them")
    static let readTasks = Permission("read:tasks", "See tasks and their answers")
    static let writeTasks = Permission("write:tasks", "Set tasks, answer them and look at answers")
    static let readMessages = Permission("read:messages", "See messages, and the notes of the staff about them")
    static let writeMessages = Permission("write:messages", "Write and answer messages")

    static let legal: [Permission] = [
        .usePortal, .readCases, .writeCases, .openCases, .staffCases, .clearConflicts, .readClients, .writeClients,
        .readDocuments, .writeDocuments, .holdDocuments, .readTasks, .writeTasks, .readMessages, .writeMessages,
    ]
}
