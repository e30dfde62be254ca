internal import PluginAPI

/// Something about a task that its representatives should know at once (seed 004 §7); also the data of `TASK_UPDATE`.
struct TaskUpdated: Event {
    static let name = "sales-tasks.task-updated"

    enum Kind: String, CaseIterable, Sendable {
        case newCustomer = "NEW_CUSTOMER"
        case taskCompleted = "TASK_COMPLETED"
        case priorityChange = "PRIORITY_CHANGE"
        /// Beyond the seed: paused, resumed and the like.
        case stateChange = "STATE_CHANGE"
    }

    let taskId: String
    let updateType: Kind
    let payload: JSON

    static let schema = Schema<TaskUpdated>.object(
        TaskUpdated.init(taskId:updateType:payload:), Field("taskId", \.taskId, .id),
        Field("updateType", \.updateType, .oneOf), Field("payload", \.payload, .openObject))
}

/// How a representative's day goes (seed 004 §7); also the data of `PERFORMANCE_UPDATE`.
struct PerformanceUpdated: Event {
    static let name = "sales-tasks.performance-updated"
    let salesId: PersonID
    let metrics: DayMetrics

    static let schema = Schema<PerformanceUpdated>.object(
        PerformanceUpdated.init(salesId:metrics:), Field("salesId", \.salesId, PersonID.schema),
        Field("metrics", \.metrics, DayMetrics.schema))
}

/// A representative's calls of today, in the company's zone.
struct DayMetrics: Described, Equatable {
    let callsToday: Int
    let successRate: Double
    let averageCallDuration: Double

    static let schema = Schema<DayMetrics>.object(
        DayMetrics.init(callsToday:successRate:averageCallDuration:), Field("callsToday", \.callsToday, .count),
        Field("successRate", \.successRate, .percent, note: "In percent"),
        Field("averageCallDuration", \.averageCallDuration, .amount, note: "In minutes"))
}

extension SalesTasks {
    func taskUpdate(_ event: TaskUpdated) -> TaskUpdated? { event }
    func performanceUpdate(_ event: PerformanceUpdated) -> PerformanceUpdated? { event }
}
