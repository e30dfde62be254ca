internal import PluginAPI

/// A kind of consent as somebody sees it: its newest text, and what they said.
struct ConsentShown: Described {
    let kind: ConsentKind
    let required: Bool
    let version: Int?
    let language: String?
    let title: String?
    let text: String?
    let publishedAt: Instant?
    let granted: Bool
    let grantedVersion: Int?
    let decidedAt: Instant?
    let isNewest: Bool

    static let schema = Schema<ConsentShown>.object(
        ConsentShown.init(
            kind:required:version:language:title:text:publishedAt:granted:grantedVersion:decidedAt:isNewest:),
        Field("kind", \.kind, .oneOf),
        Field("required", \.required, .bool, note: "Without it no case can be sent"),
        Field("version", \.version, .optional(.int(1...1_000_000)), note: "Null while there is no text"),
        Field("language", \.language, .optional(.string(1...35))),
        Field("title", \.title, .optional(.string(0...200))), Field("text", \.text, .optional(.string(0...50_000))),
        Field("publishedAt", \.publishedAt, .optional(Instant.schema)), Field("granted", \.granted, .bool),
        Field(
            "grantedVersion", \.grantedVersion, .optional(.int(1...1_000_000)),
            note: "Null where it is not known which text was shown"),
        Field("decidedAt", \.decidedAt, .optional(Instant.schema)),
        Field("isNewest", \.isNewest, .bool, note: "Whether consent was given to the newest text"))
}

/// All kinds of consent, for whom they are about.
struct ConsentList: Described {
    let consents: [ConsentShown]
    static let schema = Schema<ConsentList>.object(
        ConsentList.init(consents:), Field("consents", \.consents, .list(ConsentShown.schema)))
}

/// All kinds of consent of a customer, and all that they ever said of them.
struct CustomerConsents: Described {
    let consents: [ConsentShown]
    let history: [ConsentSaid]
    static let schema = Schema<CustomerConsents>.object(
        CustomerConsents.init(consents:history:), Field("consents", \.consents, .list(ConsentShown.schema)),
        Field("history", \.history, .list(ConsentSaid.schema), note: "The newest first"))
}

/// What somebody said once.
struct ConsentSaid: Described {
    let kind: ConsentKind
    let granted: Bool
    let version: Int?
    let language: String?
    let textSha256: String?
    let givenBy: PersonID
    let at: Instant
    static let schema = Schema<ConsentSaid>.object(
        ConsentSaid.init(kind:granted:version:language:textSha256:givenBy:at:), Field("kind", \.kind, .oneOf),
        Field("granted", \.granted, .bool), Field("version", \.version, .optional(.int(1...1_000_000))),
        Field("language", \.language, .optional(.string(1...35))),
        Field("textSha256", \.textSha256, .optional(.string(64...64)), note: "Of the text that was shown"),
        Field("givenBy", \.givenBy, PersonID.schema), Field("at", \.at, Instant.schema))
}

/// What somebody says of a kind.
struct ConsentGiven: Described {
    let kind: ConsentKind
    let granted: Bool
    let version: Int?
    static let schema = Schema<ConsentGiven>.object(
        ConsentGiven.init(kind:granted:version:), Field("kind", \.kind, .oneOf, in: .path),
        Field("granted", \.granted, .bool),
        Field(
            "version", \.version, .optional(.int(1...1_000_000)),
            note: "The version that was shown; required to consent"))
}

/// A text in a language.
struct ConsentText: Described {
    let language: Language
    let title: String
    let text: String
    static let schema = Schema<ConsentText>.object(
        ConsentText.init(language:title:text:), Field("language", \.language, Language.schema),
        Field("title", \.title, .string(1...200)), Field("text", \.text, .string(1...50_000)))
}

/// A new version of a kind.
struct NewConsentVersion: Described {
    let kind: ConsentKind
    let required: Bool
    let texts: [ConsentText]
    static let schema = Schema<NewConsentVersion>.object(
        NewConsentVersion.init(kind:required:texts:), Field("kind", \.kind, .oneOf),
        Field("required", \.required, .bool, default: false, note: "Without it no case can be sent"),
        Field("texts", \.texts, .list(ConsentText.schema, 1...50), note: "One in each language"))
}

/// A version as it was published.
struct ConsentVersionShown: Described {
    let kind: ConsentKind
    let version: Int
    let required: Bool
    let publishedBy: PersonID
    let publishedAt: Instant
    let texts: [Text]

    struct Text: Described {
        let language: String
        let title: String
        let text: String
        let sha256: String
        static let schema = Schema<Text>.object(
            Text.init(language:title:text:sha256:), Field("language", \.language, .string(1...35)),
            Field("title", \.title, .string(0...200)), Field("text", \.text, .string(0...50_000)),
            Field("sha256", \.sha256, .string(64...64), note: "Of the text's UTF-8"))
    }

    static let schema = Schema<ConsentVersionShown>.object(
        ConsentVersionShown.init(kind:version:required:publishedBy:publishedAt:texts:), Field("kind", \.kind, .oneOf),
        Field("version", \.version, .int(1...1_000_000)), Field("required", \.required, .bool),
        Field("publishedBy", \.publishedBy, PersonID.schema), Field("publishedAt", \.publishedAt, Instant.schema),
        Field("texts", \.texts, .list(Text.schema)))
}

/// What was published, the newest of each kind in front.
struct ConsentVersionList: Described {
    let versions: [ConsentVersionShown]
    static let schema = Schema<ConsentVersionList>.object(
        ConsentVersionList.init(versions:), Field("versions", \.versions, .list(ConsentVersionShown.schema)))
}
