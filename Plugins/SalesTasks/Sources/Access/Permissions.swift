internal import PluginAPI

/// What people may do in a call centre (seed 004, contract §12).
extension Permission {
    static let readTasks = Permission("read:tasks", "See tasks and their progress")
    static let writeTasks = Permission(
        "write:tasks", "Make tasks, import their customers, assign, pause and close them")
    static let runWork = Permission("run:work", "Take customers from the queue and call them")
    static let readCalls = Permission("read:calls", "See calls")
    static let writeCalls = Permission("write:calls", "Record calls")
    static let reviewCalls = Permission("review:calls", "Correct what was recorded of calls")
    static let readCustomers = Permission("read:customers", "See and search customers")
    static let writeCustomers = Permission("write:customers", "Change customers and the do-not-call list")
    static let readDashboards = Permission("read:dashboards", "See the numbers of calls")
    static let readScripts = Permission("read:scripts", "See scripts and their versions")
    static let writeScripts = Permission("write:scripts", "Write and approve scripts")
    static let readRepresentatives = Permission("read:representatives", "See representatives")
    static let writeRepresentatives = Permission(
        "write:representatives", "Make people representatives, set their skills")

    static let callCentre: [Permission] = [
        .readTasks, .writeTasks, .runWork, .readCalls, .writeCalls, .reviewCalls, .readCustomers, .writeCustomers,
        .readDashboards, .readScripts, .writeScripts, .readRepresentatives, .writeRepresentatives,
    ]
}
