public import StoreAPI
public import Time

extension Transaction {
    /// Mails somebody who need not have an account, such as a friend whom a customer invites: once, whatever anybody's
    /// preferences, so for what the receiver could expect from whoever asked for it. In the type's own words.
    ///
    /// - Parameters:
    ///   - type: declared by the plugin's manifest.
    ///   - language: the words are in it where the type has them, else in English.
    ///   - values: a value for every placeholder of the type.
    ///   - end: when it is not worth sending any more.
    /// - Throws: ``StoreError`` of kind `.misuse` when the type is not declared or a value is missing.
    public borrowing func mail(
        _ type: NoticeType, to address: Email, in language: Language, _ values: [String: String], until end: Instant
    ) throws(StoreError) {
        let text = type.texts[language.tag] ?? type.texts[language.base] ?? type.texts["en"]
        guard let text, type.placeholders.allSatisfy({ values[$0] != nil }) else {
            throw StoreError(.misuse, "\(type.name) lacks its words or a value")
        }
        func filled(_ text: String) -> String { Placeholders.fill(text) { values[$0] ?? "" } }
        try backend.mail(type.name, to: address, subject: filled(text.subject), body: filled(text.body), until: end)
    }
}
