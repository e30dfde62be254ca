internal import Documents
internal import PluginAPI

/// One file on its way into a task's queue: read piece by piece, kept in batches, so that neither memory nor the tenant's
/// other writes notice its size.
struct CustomerImport {
    /// Rows in one transaction.
    static let batch = 500

    let id: String
    let task: String
    let store: any Store
    private var reader = CSVReader()
    private var sheet: CustomerSheet
    private var pending: [NewCustomer] = []
    private var rejected: [RejectedRow] = []
    private var unwritten: [RejectedRow] = []
    private var kept = 0

    init(_ id: String, into task: String, store: any Store, zones: [String: Zone], otherwise zone: Zone) {
        self.id = id
        self.task = task
        self.store = store
        sheet = CustomerSheet(zones: zones, otherwise: zone)
    }

    /// Reads the file.
    ///
    /// - Throws: ``Problem`` when the file as a whole cannot be taken.
    mutating func run(_ file: Upload) async throws -> ImportOutcome {
        var isFirst = true
        for try await piece in file.bytes {
            if isFirst { try Self.refuseOtherFormats(piece) }
            isFirst = false
            var rows: [CSVRow] = []
            reader.read(piece) { rows.append($0) }
            try await take(rows)
        }
        var rows: [CSVRow] = []
        reader.finish { rows.append($0) }
        try await take(rows)
        guard let header = sheet.header else {
            throw Problem.invalid("customersFile", .missing, "must have a header in its first row")
        }
        try await flush()
        return ImportOutcome(
            header: header, rows: sheet.rows, kept: kept, rejected: rejected.sorted { $0.row < $1.row })
    }

    private mutating func take(_ rows: [CSVRow]) async throws {
        for row in rows {
            switch try sheet.take(row) {
            case nil: continue
            case .success(let customer)?: pending.append(customer)
            case .failure(let fault)?: unwritten.append(fault.rejected)
            }
            if pending.count + unwritten.count >= Self.batch { try await flush() }
        }
    }

    private mutating func flush() async throws {
        guard !pending.isEmpty || !unwritten.isEmpty else { return }
        let (customers, faults, id, task) = (pending, unwritten, id, task)
        let refused = try await store.write { tx in
            let refused = try tx.keep(customers, of: id, in: task)
            try tx.keep(faults + refused, of: id)
            return refused
        }
        kept += customers.count - refused.count
        rejected += faults + refused
        pending = []
        unwritten = []
    }

    /// Spreadsheets by their first bytes: browsers call them what the client's programs say.
    private static func refuseOtherFormats(_ bytes: [UInt8]) throws(Problem) {
        let signatures: [[UInt8]] = [
            [0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0], Array("%PDF".utf8), [0x1F, 0x8B],
            [0x89, 0x50, 0x4E, 0x47],
        ]
        guard !signatures.contains(where: { bytes.starts(with: $0) }) else {
            throw Problem(415, "UNSUPPORTED_MEDIA_TYPE", "The file is not CSV; save it as CSV first.")
        }
    }
}

/// What came of a file.
struct ImportOutcome: Sendable {
    let header: [String]
    let rows: Int
    let kept: Int
    let rejected: [RejectedRow]
}
