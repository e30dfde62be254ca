internal import PluginAPI

/// One entry of the timeline (seed 000 §4.3).
struct Activity: Described, Record {
    let id: String
    let type: LifecycleEvent.Kind
    let timestamp: Instant
    let title: String
    let description: String
    let metadata: JSON
    let icon: String
    let actionable: Bool
    let actions: [ActivityAction]?

    static let schema = Schema<Activity>.object(
        Activity.init(id:type:timestamp:title:description:metadata:icon:actionable:actions:),
        Field("id", \.id, .string(1...64)), Field("type", \.type, .oneOf),
        Field("timestamp", \.timestamp, Instant.schema), Field("title", \.title, .string(1...200)),
        Field("description", \.description, .string(0...500)), Field("metadata", \.metadata, .openObject),
        Field("icon", \.icon, .string(1...32)), Field("actionable", \.actionable, .bool),
        .leftOutWhenNil("actions", \.actions, .optional(.list(ActivityAction.schema))))

    init(
        id: String, type: LifecycleEvent.Kind, timestamp: Instant, title: String, description: String, metadata: JSON,
        icon: String, actionable: Bool, actions: [ActivityAction]?
    ) {
        self.id = id
        self.type = type
        self.timestamp = timestamp
        self.title = title
        self.description = description
        self.metadata = metadata
        self.icon = icon
        self.actionable = actionable
        self.actions = actions
    }

    init(row: borrowing Row) throws(StoreError) {
        let number: String? = try row.get("case_number")
        let kind: LifecycleEvent.Kind = try row.get("kind")
        var metadata = (JSON.tree(try row.get("details")) ?? [:]).members ?? JSON.Members()
        if let number { metadata["caseNumber"] = .string(number) }
        let words = kind.words(JSON.object(metadata), number)
        let actions = number.map { [ActivityAction(label: "View Case", url: "/portal/cases/\($0)")] }
        self.init(
            id: try row.get("id"), type: kind, timestamp: Instant(microseconds: try row.get("at")), title: words.title,
            description: words.description, metadata: .object(metadata), icon: kind.icon, actionable: actions != nil,
            actions: actions)
    }
}

/// Something to do about an activity.
struct ActivityAction: Described {
    let label: String
    let url: String

    static let schema = Schema<ActivityAction>.object(
        ActivityAction.init(label:url:), Field("label", \.label, .string(1...100)),
        Field("url", \.url, .string(1...200)))
}

/// A page of the timeline; its numbers stand in it, as the seed shows them.
struct Timeline: Described {
    let activities: [Activity]
    let pagination: PageShown

    static let schema = Schema<Timeline>.object(
        Timeline.init(activities:pagination:), Field("activities", \.activities, .list(Activity.schema)),
        Field("pagination", \.pagination, PageShown.schema))
}
