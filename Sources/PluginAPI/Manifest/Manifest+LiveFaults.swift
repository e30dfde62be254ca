extension Manifest {
    /// What is wrong with what goes out by itself: topics, their routes, webhooks.
    var liveFaults: [String] {
        var faults = repeated(topics.map(\.declaration.name), "topic")
        faults += repeated(topics.flatMap { $0.declaration.events.map(\.event) }, "event of topics")
        for topic in topics.map(\.declaration) {
            if !Self.isTopicName(topic.name) {
                faults.append("the topic \(topic.name) must be letters, digits, - and _, at most 64")
            }
            if topic.events.isEmpty { faults.append("the topic \(topic.name) tells of no event") }
            if let permission = topic.permission, !permissions.contains(permission) {
                faults.append("the topic \(topic.name) needs \(permission.name), which is not declared")
            }
            for event in topic.events where !Self.isTopicName(event.type) || !Self.isTopicName(event.stream) {
                faults.append("the topic \(topic.name) has a type that is not letters, digits, - and _, at most 64")
            }
        }
        for route in live where !route.path.hasPrefix("/") || route.path.contains("{") {
            faults.append("\(route.path): the path of a live route begins with / and has no parameters")
        }
        faults += repeated(webhooks.map(\.declaration.name), "webhook event")
        for webhook in webhooks.map(\.declaration) where !webhook.isWellFormed {
            faults.append("the webhook event \(webhook.name) must be lower-case words with points between")
        }
        for path in [webhooksAt, auditAt].compactMap({ $0 })
        where !path.hasPrefix("/") || path.hasSuffix("/") || path.contains("{") {
            faults.append(
                "\(path): the path of webhooks or of audit begins with /, does not end with one and has no parameters")
        }
        return faults
    }

    private static func isTopicName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
                    || $0 == 0x5F
            }
    }
}
