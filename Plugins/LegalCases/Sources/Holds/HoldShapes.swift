internal import PluginAPI

/// Why a hold stays as it is.
enum HoldRefusal: Refusal {
    case released

    var problem: Problem {
        switch self {
        case .released: .conflict("HOLD_RELEASED", "The hold has been released already.")
        }
    }
}

/// A legal hold on the wire.
struct HoldShown: Described {
    let id: Int
    let matter: Int
    let document: Int?
    let reason: String
    let placedBy: PersonNamed?
    let placedAt: Instant
    let releasedBy: PersonNamed?
    let releasedAt: Instant?

    static let schema = Schema<HoldShown>.object(
        HoldShown.init(id:matter:document:reason:placedBy:placedAt:releasedBy:releasedAt:),
        Field("id", \.id, .number), Field("case", \.matter, .number),
        Field("document", \.document, .optional(.number), note: "null for the whole case"),
        Field("reason", \.reason, .string(0...2000)), Field("placed_by", \.placedBy, .optional(PersonNamed.schema)),
        Field("placed_at", \.placedAt, Instant.schema),
        Field("released_by", \.releasedBy, .optional(PersonNamed.schema)),
        Field("released_at", \.releasedAt, .optional(Instant.schema)))
}

/// A document that is to be held.
struct DocumentToHold: Described {
    let id: Int
    let reason: String

    static let schema = Schema<DocumentToHold>.object(
        DocumentToHold.init(id:reason:), Field("document_id", \.id, .number, in: .path),
        Field("reason", \.reason, .string(1...2000)))
}

/// A case that is to be held.
struct CaseToHold: Described {
    let id: Int
    let reason: String

    static let schema = Schema<CaseToHold>.object(
        CaseToHold.init(id:reason:), Field("case_id", \.id, .number, in: .path),
        Field("reason", \.reason, .string(1...2000)))
}

/// One hold.
struct HoldNamed: Described {
    let id: Int
    static let schema = Schema<HoldNamed>.object(HoldNamed.init(id:), Field("hold_id", \.id, .number, in: .path))
}

/// Which holds are asked for.
struct HoldsAsked: Described {
    let matter: Int?
    let active: Bool?
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<HoldsAsked>.object(
        HoldsAsked.init(matter:active:page:pageSize:), Field("case", \.matter, .optional(.number), in: .query),
        Field("active", \.active, .optional(.bool), in: .query),
        Field("page", \.page, .optional(PageAsked.number), in: .query),
        Field("page_size", \.pageSize, .optional(.int(1...200)), in: .query))

    var range: (page: Int, limit: Int) { page == nil && pageSize == nil ? (1, 200) : (page ?? 1, pageSize ?? 50) }
}
