internal import PluginAPI

/// What is known of somebody's health, as they or the clinic have written it down.
struct MedicalHistory: Described, Equatable {
    let allergies: [String]
    let medications: [String]
    let conditions: [String]
    let notes: String

    static let none = MedicalHistory(allergies: [], medications: [], conditions: [], notes: "")

    private static let entries = Schema<[String]>.list(.string(1...500), 0...200)

    static let schema = Schema<MedicalHistory>.object(
        MedicalHistory.init(allergies:medications:conditions:notes:),
        Field("allergies", \.allergies, entries, default: []),
        Field("medications", \.medications, entries, default: []),
        Field("conditions", \.conditions, entries, default: []),
        Field("notes", \.notes, .string(0...10_000), default: ""))
}

/// In the file it is ciphertext, and opens nowhere else.
extension MedicalHistory: Sealable {
    static let sealTag = "medical-history"

    var sealedBytes: [UInt8] { Self.schema.encode(self) }

    init?(sealedBytes: [UInt8]) {
        guard let document = try? JSONDocument(sealedBytes),
            let history = try? Self.schema.decode(.json(document.root))
        else { return nil }
        self = history
    }
}

/// A medical history as it stood after one change.
struct MedicalVersion: Described {
    let version: Int
    let changedAt: Instant
    let changedBy: PersonID
    /// Whether the patient changed it, and not the clinic.
    let isByPatient: Bool
    let history: MedicalHistory

    static let schema = Schema<MedicalVersion>.object(
        MedicalVersion.init(version:changedAt:changedBy:isByPatient:history:),
        Field("version", \.version, .int(1...Int(Int32.max))), Field("changedAt", \.changedAt, Instant.schema),
        Field("changedBy", \.changedBy, PersonID.schema), Field("isByPatient", \.isByPatient, .bool),
        Field("history", \.history, MedicalHistory.schema))
}

/// One version as its table holds it.
struct MedicalRow: Record {
    let version: MedicalVersion

    static let select: SQL = """
        SELECT version, changed_at, changed_by, person_id, content FROM appointments_medical
        """

    init(row: borrowing Row) throws(StoreError) {
        let changedBy: PersonID = try row.get(at: 2)
        let owner: PersonID = try row.get(at: 3)
        let content: Sealed<MedicalHistory> = try row.get(at: 4)
        version = MedicalVersion(
            version: try row.get(at: 0), changedAt: Instant(microseconds: try row.get(at: 1)), changedBy: changedBy,
            isByPatient: changedBy == owner, history: content.value)
    }
}
