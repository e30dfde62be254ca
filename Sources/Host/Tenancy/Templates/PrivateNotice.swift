import PluginAPI

/// What people are told where nothing may be said outside of the portal: that there is something to read in it.
enum PrivateNotice {
    /// The host's own name among the plugins.
    static let plugin = "portico"

    static let type = NoticeType(
        "private", "Something is to be read in the portal.", channels: Channel.allCases, placeholders: [], texts: texts)

    private static let texts: [String: NoticeType.Text] = [
        "en": .init(
            subject: "You have a message", body: "You have a message from {portalName}. Read it here: {portalLink}"),
        "de": .init(
            subject: "Sie haben eine Nachricht",
            body: "Sie haben eine Nachricht von {portalName}. Lesen Sie sie hier: {portalLink}"),
        "es": .init(
            subject: "Tiene un mensaje", body: "Tiene un mensaje de {portalName}. Léalo aquí: {portalLink}"),
        "fr": .init(
            subject: "Vous avez un message", body: "Vous avez un message de {portalName}. Pour le lire : {portalLink}"),
        "it": .init(
            subject: "Ha un messaggio", body: "Ha un messaggio da {portalName}. Lo legga qui: {portalLink}"),
        "nl": .init(
            subject: "U hebt een bericht", body: "U hebt een bericht van {portalName}. Lees het hier: {portalLink}"),
        "pl": .init(
            subject: "Masz wiadomość", body: "Masz wiadomość od {portalName}. Przeczytaj ją tutaj: {portalLink}"),
        "pt": .init(
            subject: "Tem uma mensagem", body: "Tem uma mensagem de {portalName}. Leia-a aqui: {portalLink}"),
    ]
}
