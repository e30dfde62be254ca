internal import PluginAPI

/// What an expert is tied to, as it is kept. Names lie sealed: a person's may be a patient's.
struct AffiliationRow: Record {
    let id: String
    let expert: PersonID
    let tie: Tie
    let relation: String?
    let declaredAt: Instant

    static let select: SQL =
        "SELECT id, expert_id, kind, name, relation, declared_at FROM medicalopinion_affiliation"

    init(row: borrowing Row) throws(StoreError) {
        id = try row.get(at: 0)
        expert = try row.get(at: 1)
        tie = Tie(kind: try row.get(at: 2), name: try row.get(at: 3, as: Sealed<AffiliationText>.self).value.text)
        relation = try row.get(at: 4, as: Sealed<AffiliationText>?.self)?.value.text
        declaredAt = Instant(microseconds: try row.get(at: 5))
    }
}

/// A name or a relation, sealed.
struct AffiliationText: Sealable {
    let text: String
    static let sealTag = "affiliation"
    init(_ text: String) { self.text = text }
    init?(sealedBytes: [UInt8]) { text = String(decoding: sealedBytes, as: UTF8.self) }
    var sealedBytes: [UInt8] { Array(text.utf8) }
}

/// What an expert is tied to, as the staff and they themselves see it.
struct AffiliationShown: Described {
    let id: String
    let kind: Tie.Kind
    let name: String
    let relation: String?
    let declaredAt: Instant

    static let schema = Schema<AffiliationShown>.object(
        AffiliationShown.init(id:kind:name:relation:declaredAt:), Field("id", \.id, .string(1...64)),
        Field("kind", \.kind, .oneOf), Field("name", \.name, .string(1...200)),
        Field("relation", \.relation, .optional(.string(0...200))),
        Field("declaredAt", \.declaredAt, Instant.schema))
}

extension AffiliationShown {
    init(_ row: AffiliationRow) {
        self.init(
            id: row.id, kind: row.tie.kind, name: row.tie.name, relation: row.relation, declaredAt: row.declaredAt)
    }
}

struct AffiliationList: Described {
    let affiliations: [AffiliationShown]
    static let schema = Schema<AffiliationList>.object(
        AffiliationList.init(affiliations:), Field("affiliations", \.affiliations, .list(AffiliationShown.schema)))
}

/// A tie that is declared.
struct NewAffiliation: NamesExpert {
    let id: PersonID
    let kind: Tie.Kind
    let name: String
    let relation: String?

    static let schema = Schema<NewAffiliation>.object(
        NewAffiliation.init(id:kind:name:relation:), Field("id", \.id, PersonID.schema, in: .path),
        Field(
            "kind", \.kind, .oneOf,
            note: "institution: where they work; doctor: whom they work with; person: who may be a patient of ours"),
        Field("name", \.name, .string(1...200)),
        Field("relation", \.relation, .optional(.string(0...200)), note: "Such as: colleague, sister, treated in 2024"))
}

/// One tie in a path.
struct AffiliationNamed: NamesExpert {
    let id: PersonID
    let affiliationId: String
    static let schema = Schema<AffiliationNamed>.object(
        AffiliationNamed.init(id:affiliationId:), Field("id", \.id, PersonID.schema, in: .path),
        Field("affiliationId", \.affiliationId, .string(1...64), in: .path))
}
