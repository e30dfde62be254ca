import PluginAPI

extension Topic<PorticoAPI> {
    static let notifications = Topic(
        "notifications", "What the caller is told.", [.event("notification", PorticoAPI.notification)])
}

extension PorticoAPI {
    /// Told as it is: it says nothing but that there is something to read.
    func notification(_ event: NotificationArrived) -> NotificationArrived? { event }
}
