internal import Matching
internal import PluginAPI

extension Appointments {
    static let patientComparison = LongJobName<PatientComparison, PatientComparisonDone>("compare-patients")

    /// Patients who are compared at most, the newest first.
    private static let mostPatients = 200_000
    /// Patients read, and pairs written, in one transaction.
    private static let slice = 500
    /// Pairs that are kept at most, the surest.
    private static let mostPairs = 20_000

    /// Looks for patients who are there twice.
    func comparePatients(_ asked: PatientComparison, _ run: LongRun) async throws -> PatientComparisonDone {
        var patients: [(id: String, record: MatchingRecord)] = []
        var last: String?
        while patients.count < Self.mostPatients {
            let (before, branches) = (last, asked.branches)
            let part = try await run.store.read { tx in try tx.patientsToCompare(before: before, of: branches) }
            patients += part
            guard part.count == Self.slice, let final = part.last else { break }
            last = final.id
        }
        let linkage = try Reconciliation.compare(patients.map(\.record), run)
        let found = linkage.matches(asked.algorithm, confidence: asked.confidence, most: Self.mostPairs)
        var rest = found.matches[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.slice).map { (patients[$0.left].id, patients[$0.right].id, $0) }
            try await run.store.write { tx in
                for (left, right, match) in part { try tx.suggest(left, right, match) }
            }
            rest = rest.dropFirst(Self.slice)
        }
        return PatientComparisonDone(patients: patients.count, found: found.total)
    }
}

extension ReadTransaction {
    /// Some patients in use, by falling id, as they are compared.
    fileprivate borrowing func patientsToCompare(
        before last: String?, of branches: [String]?
    ) throws -> [(id: String, record: MatchingRecord)] {
        var conditions: [SQL] = ["status <> 'INACTIVE'"]
        if let last { conditions.append("id < \(last)") }
        if let branches { conditions.append("branch_id IN \(SQL.list(branches))") }
        let rows: [CustomerRow] = try all(
            CustomerRow.select + "WHERE" + SQL.joined(conditions, by: " AND ") + "ORDER BY id DESC LIMIT 500")
        var patients: [(id: String, record: MatchingRecord)] = []
        for row in rows {
            guard let person = try person(row.person) else {
                patients.append((row.id, MatchingRecord(name: row.id, fields: [])))
                continue
            }
            patients.append((row.id, Self.record(of: row, person)))
        }
        return patients
    }

    private static func record(of row: CustomerRow, _ person: Person) -> MatchingRecord {
        var fields: [MatchingRecord.Field] = []
        func add(_ name: String, _ text: String?) {
            if let text, !text.isEmpty { fields.append(.init(name, text)) }
        }
        add("firstName", person.givenName)
        add("lastName", person.familyName)
        add("email", person.email?.description)
        add("phone", person.phone?.description)
        add("dateOfBirth", row.dateOfBirth?.description)
        add("gender", row.gender)
        add("street", row.address?.line1)
        add("city", row.address?.city)
        add("postalCode", row.address?.postalCode)
        add("insuranceNumber", row.insurance?.memberNumber)
        return MatchingRecord(name: row.id, fields: fields)
    }
}
