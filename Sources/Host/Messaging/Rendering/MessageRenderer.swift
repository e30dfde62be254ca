import PluginAPI

/// Puts messages into words: in the person's language, with the tenant's own texts before the plugin's, escaped as the
/// channel needs it.
struct MessageRenderer: Sendable {
    let tenant: Tenant
    let branding: BrandingSettings
    let templates: TenantTemplates
    /// Whether outside of the portal nothing is said but that there is a message.
    let isPrivate: Bool

    /// A notice of a plugin, ready for its channel: ``words(_:of:for:on:_:link:)`` in their frame.
    func notice(
        _ type: NoticeType, of plugin: String, for language: Language?, on channel: Channel, _ values: [String: String],
        link: String? = nil, unsubscribe: String? = nil
    ) -> RenderedMessage {
        framed(
            words(type, of: plugin, for: language, on: channel, values, link: link), on: channel,
            unsubscribe: unsubscribe)
    }

    /// The host's own words, such as a code to sign in with.
    func letter(subject: String, body: String, for language: Language?, on channel: Channel) -> RenderedMessage {
        framed(
            MessageWords(subject: subject, body: body, html: nil, language: (language ?? tenant.language).tag),
            on: channel)
    }

    /// What a notice says. Where nothing may be said outside of the portal, that there is something to read in it.
    ///
    /// - Parameter link: where in the portal it leads; the portal itself when nil.
    func words(
        _ type: NoticeType, of plugin: String, for language: Language?, on channel: Channel, _ values: [String: String],
        link: String? = nil
    ) -> MessageWords {
        let (type, plugin) = isPrivate ? (PrivateNotice.type, PrivateNotice.plugin) : (type, plugin)
        let (text, tag) = self.text(type, of: plugin, for: language, on: channel)
        let value: (String) -> String = { name in
            if let value = isPrivate ? nil : values[name] { return value }
            // A placeholder of the notice's own goes before one that all texts have.
            if type.placeholders.contains(name) { return "" }
            return switch name {
            case "portalName": portalName
            case "portalLink": link ?? tenant.origin + "/"
            default: ""
            }
        }
        return MessageWords(
            subject: Placeholders.fill(text.subject ?? "", value), body: Placeholders.fill(text.body ?? "", value),
            // The tenant wrote the markup; what is put into it is text.
            html: text.html.map { HTML(stringLiteral: Placeholders.fill($0) { ("\(value($0))" as HTML).text }) },
            language: tag)
    }

    /// Words as their channel takes them: mail with HTML in the tenant's frame, everything else as plain text.
    ///
    /// - Parameter unsubscribe: where the person ends mails of this kind.
    func framed(_ words: MessageWords, on channel: Channel, unsubscribe: String? = nil) -> RenderedMessage {
        let subject = Self.oneLine(words.subject)
        let body = Self.plain(words.body)
        guard channel == .email else {
            return RenderedMessage(subject: channel == .push ? subject : "", body: body, html: nil)
        }
        let title = subject.isEmpty ? portalName : subject
        let layout = MailLayout(
            name: portalName, origin: tenant.origin, branding: branding, language: words.language,
            unsubscribe: unsubscribe)
        let content = words.html ?? MailLayout.paragraphs(body)
        return RenderedMessage(
            subject: title, body: layout.text(body), html: layout.document(title, content, preview: body).text)
    }

    private var portalName: String { branding.name ?? tenant.name }

    /// The person's language, then the tenant's, then English, which every notice has; in each, the tenant's own words before
    /// the plugin's.
    private func text(
        _ type: NoticeType, of plugin: String, for language: Language?, on channel: Channel
    ) -> (TenantTemplates.Text, language: String) {
        let wanted = [language, tenant.language].compactMap { $0 }.flatMap { [$0.tag, $0.base] } + ["en"]
        for tag in wanted {
            let own = templates.text(type.name, of: plugin, on: channel, in: tag)
            let given = type.texts[tag]
            guard own != nil || given != nil else { continue }
            let base = given ?? type.texts["en"]
            // HTML beside nothing else still has a text part.
            return (
                TenantTemplates.Text(
                    subject: own?.subject ?? base?.subject, body: own?.body ?? base?.body, html: own?.html), tag
            )
        }
        return (TenantTemplates.Text(), "en")
    }

    /// One line of printable characters.
    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: {
            $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control }
        })
        .joined(separator: " ")
    }

    /// Without control characters but line breaks and tabs.
    private static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter { scalar in
                    scalar == "\n" || scalar == "\t" || scalar.properties.generalCategory != .control
                }))
    }
}
