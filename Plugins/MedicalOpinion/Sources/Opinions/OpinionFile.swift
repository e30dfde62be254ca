internal import Documents
internal import PluginAPI

extension MedicalOpinion {
    /// `GET /v1/staff/cases/{caseNumber}/opinion.pdf`
    func staffOpinionFile(_ asked: OpinionAsked, _ call: Call<Member>) async throws -> Content {
        // Staff routes are for staff: a customer's reach is their own things.
        if case .own? = call.reach { throw Problem.forbidden }
        return try await opinionFile(asked, call)
    }

    /// `GET /v1/portal/cases/{caseNumber}/opinion.pdf`: made when it is first asked for, and kept as it is.
    func opinionFile(_ asked: OpinionAsked, _ call: Call<Member>) async throws -> Content {
        let reader = call.caller.principal.person
        let asking = try await call.store.write { tx -> Asking in
            guard let row = try tx.secondOpinion(asked.caseNumber) else { throw Problem.notFound }
            try issueCodes(for: row, tx)
            let versions = try tx.opinionVersions(of: row)
            guard let wanted = asked.version ?? versions.last?.number,
                let version = versions.first(where: { $0.number == wanted })
            else { throw OpinionRefusal.notSigned }
            try tx.audit(
                AuditEntry("opinion.read", on: row.subject, details: ["version": .integer(Int64(version.number))]))
            try noteOpinionRead(row, by: reader, tx)
            let file: Sealed<OpinionBytes>? = try tx.value(
                "SELECT document FROM medicalopinion_opinion_version WHERE opinion_id = \(version.opinion)")
            if let file { return .kept(file.value.bytes, version) }
            // It was there, and its patient had it erased.
            guard version.fileDigest == nil else { throw Problem.notFound }
            let language: String? = try tx.value("SELECT language FROM medicalopinion_case WHERE id = \(row.id)")
            return .sheet(
                try sheet(row, versions, version, language.flatMap { Language($0) } ?? services.tenant.language, tx),
                version)
        }
        switch asking {
        case .kept(let bytes, let version): return Self.content(bytes, asked.caseNumber, version)
        case .sheet(let sheet, let version):
            let bytes = try await made(sheet)
            return Self.content(try await keep(bytes, version, call.store), asked.caseNumber, version)
        }
    }

    private enum Asking: Sendable {
        case kept([UInt8], OpinionVersion)
        case sheet(OpinionSheet, OpinionVersion)
    }

    private func sheet(
        _ row: CaseRow, _ versions: [OpinionVersion], _ version: OpinionVersion, _ language: Language,
        _ tx: borrowing Transaction
    ) throws -> OpinionSheet {
        let signed = versions.prefix { $0.number <= version.number }
        guard let opinion = signed.last(where: { !$0.isAddendum }) else { throw OpinionRefusal.notSigned }
        return OpinionSheet(
            portal: services.tenant.name, row: row, patient: try tx.person(row.person)?.name ?? "", opinion: opinion,
            addenda: signed.filter { $0.number > opinion.number }, zone: services.tenant.zone, words: Words(language),
            checkingPage: checkingPage)
    }

    /// Sets the pages, apart from the loop: fonts are read, and their glyphs picked out.
    private func made(_ sheet: OpinionSheet) async throws -> [UInt8] {
        do {
            return try await services.threads.run { try sheet.document().bytes(fonts: .system) }
        } catch is PDFUnshowable { throw OpinionRefusal.unshowable }
    }

    /// Keeps a file, unless another one asked at the same moment and was first.
    private func keep(_ bytes: [UInt8], _ version: OpinionVersion, _ store: any Store) async throws -> [UInt8] {
        let digest = Hexadecimal.text(services.sha256(bytes))
        return try await store.write { tx in
            try tx.run(
                """
                UPDATE medicalopinion_opinion_version SET document = \(Sealed(OpinionBytes(bytes))),
                    document_sha256 = \(digest) WHERE opinion_id = \(version.opinion) AND document_sha256 IS NULL
                """)
            let kept: Sealed<OpinionBytes>? = try tx.value(
                "SELECT document FROM medicalopinion_opinion_version WHERE opinion_id = \(version.opinion)")
            guard let kept else { throw Problem.notFound }
            return kept.value.bytes
        }
    }

    private static func content(_ bytes: [UInt8], _ number: String, _ version: OpinionVersion) -> Content {
        Content(
            .bytes(bytes), mediaType: "application/pdf", fileName: "\(number)-v\(version.number).pdf", isShown: true)
    }

    /// Where codes are checked.
    var checkingPage: String { services.tenant.origin + Self.verifyPath }
    static let verifyPath = "/verify"
}

/// The file of an opinion. It lies sealed.
struct OpinionBytes: Sealable {
    let bytes: [UInt8]
    static let sealTag = "opinion-file"
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    init?(sealedBytes: [UInt8]) { bytes = sealedBytes }
    var sealedBytes: [UInt8] { bytes }
}

/// Which opinion is asked for as a file.
struct OpinionAsked: NamesCase {
    let caseNumber: String
    let version: Int?
    static let schema = Schema<OpinionAsked>.object(
        OpinionAsked.init(caseNumber:version:), Field("caseNumber", \.caseNumber, CaseNumber.schema, in: .path),
        Field(
            "version", \.version, .optional(.int(1...1_000_000)), in: .query,
            note: "An earlier one than the newest"))
}

/// Why there is no file of an opinion, or nothing known of a code.
enum OpinionRefusal: Refusal {
    case notSigned, unshowable, unknownCode

    var problem: Problem {
        switch self {
        case .notSigned: Problem(404, "RESOURCE_NOT_FOUND", "No such opinion has been signed.")
        case .unshowable:
            Problem(
                406, "NOT_ACCEPTABLE", "The opinion has letters that a PDF cannot show here. Read it in the portal.")
        case .unknownCode: Problem(404, "RESOURCE_NOT_FOUND", "No opinion of this portal has this code.")
        }
    }
}
