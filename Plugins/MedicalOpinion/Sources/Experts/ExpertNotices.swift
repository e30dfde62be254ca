internal import PluginAPI

extension NoticeType {
    static let licenceEnding = NoticeType(
        "licence-ending", "An expert's licence ends soon.", category: .reminders, channels: [.email, .push],
        placeholders: ["tenant", "professionalName", "jurisdiction", "day"],
        texts: [
            "en": Text(
                subject: "A licence ends on {day}",
                body: "{tenant}: the licence of {professionalName} for {jurisdiction} ends on {day}."),
            "de": Text(
                subject: "Eine Zulassung endet am {day}",
                body: "{tenant}: Die Zulassung von {professionalName} für {jurisdiction} endet am {day}."),
            "es": Text(
                subject: "Una licencia vence el {day}",
                body: "{tenant}: la licencia de {professionalName} para {jurisdiction} vence el {day}."),
        ])
}
