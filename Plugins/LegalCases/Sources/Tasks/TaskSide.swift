public import PluginAPI

/// Who has to do a task.
public enum TaskSide: String, CaseIterable, Sendable, SQLConvertible {
    case client, staff
}
