internal import PluginAPI

/// A published version of a kind.
struct ConsentVersionRow: Record {
    let kind: ConsentKind
    let version: Int
    let isRequired: Bool
    let publishedBy: PersonID
    let publishedAt: Instant

    static let select: SQL = """
        SELECT kind, version, is_required, published_by, published_at FROM medicalopinion_consent_version
        """

    init(row: borrowing Row) throws(StoreError) {
        kind = try row.get(at: 0)
        version = try row.get(at: 1)
        isRequired = try row.get(at: 2)
        publishedBy = try row.get(at: 3)
        publishedAt = Instant(microseconds: try row.get(at: 4))
    }
}

/// A version's text in a language.
struct ConsentTextRow: Record {
    let language: String
    let title: String
    let text: String
    let digest: String

    init(row: borrowing Row) throws(StoreError) {
        language = try row.get(at: 0)
        title = try row.get(at: 1)
        text = try row.get(at: 2)
        digest = try row.get(at: 3)
    }
}

/// What somebody said once.
struct ConsentSaidRow: Record {
    let kind: ConsentKind
    let isGranted: Bool
    let version: Int?
    let language: String?
    let digest: String?
    let givenBy: PersonID
    let at: Instant

    static let select: SQL = """
        SELECT kind, is_granted, version, language, text_sha256, given_by, at FROM medicalopinion_consent
        """

    init(row: borrowing Row) throws(StoreError) {
        kind = try row.get(at: 0)
        isGranted = try row.get(at: 1)
        version = try row.get(at: 2)
        language = try row.get(at: 3)
        digest = try row.get(at: 4)
        givenBy = try row.get(at: 5)
        at = Instant(microseconds: try row.get(at: 6))
    }
}

extension Reading where Self: ~Copyable {
    /// The version that counts; nil before the first.
    borrowing func newestConsent(_ kind: ConsentKind) throws(StoreError) -> ConsentVersionRow? {
        try first(ConsentVersionRow.select + "WHERE kind = \(kind) ORDER BY version DESC LIMIT 1")
    }

    /// A version's texts, by language.
    borrowing func consentTexts(_ kind: ConsentKind, _ version: Int) throws(StoreError) -> [ConsentTextRow] {
        try all(
            """
            SELECT language, title, text, sha256 FROM medicalopinion_consent_text
            WHERE kind = \(kind) AND version = \(version) ORDER BY language
            """)
    }

    /// What somebody said last of a kind.
    borrowing func lastConsent(_ kind: ConsentKind, of person: PersonID) throws(StoreError) -> ConsentSaidRow? {
        try first(
            ConsentSaidRow.select + "WHERE person_id = \(person) AND kind = \(kind) ORDER BY seq DESC LIMIT 1")
    }
}

extension [ConsentTextRow] {
    /// The text in a language; else in the same language of another country, in the tenant's, or in whichever there is.
    func text(in language: Language, or other: Language) -> ConsentTextRow? {
        first { $0.language == language.tag } ?? first { Language($0.language)?.base == language.base }
            ?? first { Language($0.language)?.base == other.base } ?? first
    }
}
