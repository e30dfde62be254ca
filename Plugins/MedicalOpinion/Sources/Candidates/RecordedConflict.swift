internal import PluginAPI

/// A conflict of interest as it is kept.
struct RecordedConflict: Record {
    let expert: PersonID
    let kind: Conflict.Kind
    let reason: String?
    let recordedBy: PersonID
    let recordedAt: Instant

    static let select: SQL =
        "SELECT expert_id, kind, reason, recorded_by, recorded_at FROM medicalopinion_conflict"

    init(row: borrowing Row) throws(StoreError) {
        expert = try row.get(at: 0)
        kind = try row.get(at: 1)
        reason = try row.get(at: 2, as: Sealed<CaseText>?.self)?.value.text
        recordedBy = try row.get(at: 3)
        recordedAt = Instant(microseconds: try row.get(at: 4))
    }
}

/// One of them as the staff see it.
struct RecordedConflictShown: Described {
    let professional: ProfessionalShown
    let kind: Conflict.Kind
    let reason: String?
    let recordedBy: PersonID
    let recordedAt: Instant

    static let schema = Schema<RecordedConflictShown>.object(
        RecordedConflictShown.init(professional:kind:reason:recordedBy:recordedAt:),
        Field("professional", \.professional, ProfessionalShown.schema), Field("kind", \.kind, .oneOf),
        Field("reason", \.reason, .optional(.string(0...2000))), Field("recordedBy", \.recordedBy, PersonID.schema),
        Field("recordedAt", \.recordedAt, Instant.schema))
}

struct ConflictList: Described {
    let conflicts: [RecordedConflictShown]
    static let schema = Schema<ConflictList>.object(
        ConflictList.init(conflicts:), Field("conflicts", \.conflicts, .list(RecordedConflictShown.schema)))
}

/// That an expert must not have a case.
struct NewConflict: NamesCase {
    let caseNumber: String
    let professionalId: PersonID
    let reason: String
    static let schema = Schema<NewConflict>.object(
        NewConflict.init(caseNumber:professionalId:reason:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("professionalId", \.professionalId, PersonID.schema), Field("reason", \.reason, .string(1...2000)))
}

/// One of them in a path.
struct ConflictNamed: NamesCase {
    let caseNumber: String
    let professionalId: PersonID
    static let schema = Schema<ConflictNamed>.object(
        ConflictNamed.init(caseNumber:professionalId:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field("professionalId", \.professionalId, PersonID.schema, in: .path))
}
