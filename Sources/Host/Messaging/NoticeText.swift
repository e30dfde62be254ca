import PluginAPI

/// Which of a notice's texts a person gets.
enum NoticeText {
    /// The person's language, then the tenant's, then English, which every notice has.
    static func choose(_ type: NoticeType, for language: Language?, of tenant: Tenant) -> NoticeType.Text {
        for wanted in [language, tenant.language].compactMap({ $0 }) {
            if let text = type.texts[wanted.tag] ?? type.texts[wanted.base] { return text }
        }
        return type.texts["en"] ?? NoticeType.Text(body: "")
    }
}
