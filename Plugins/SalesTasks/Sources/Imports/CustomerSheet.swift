internal import Documents
internal import PluginAPI

/// A customer as a row of a file has them.
struct NewCustomer: Sendable, Equatable {
    let row: Int
    let name: String
    let phone: Phone
    let email: Email?
    let priority: Priority
    let description: String?
    let place: CallingPlace
    /// JSON text of the further columns.
    let metadata: String
    /// As they stood in the file, for the reject file.
    let fields: [String]
}

/// A row that was not taken, and why.
struct RejectedRow: Sendable, Equatable {
    let row: Int
    let errors: [String]
    let fields: [String]
}

/// Reads the rows of a CSV file as customers, one by one (contract §12).
struct CustomerSheet: Sendable {
    /// Rows without the header.
    static let maximumRows = 10_000

    private let zones: [String: Zone]
    private let fallback: Zone
    /// The names of the columns as they came; nil before the header.
    private(set) var header: [String]?
    private var columns = SheetColumns()
    /// The rows of numbers that came already.
    private var seen: [Phone: Int] = [:]
    private(set) var rows = 0

    init(zones: [String: Zone], otherwise fallback: Zone) {
        self.zones = zones
        self.fallback = fallback
    }

    /// Takes a row.
    ///
    /// - Returns: what it comes to; nil for the header.
    /// - Throws: ``Problem`` when the file as a whole cannot be taken.
    mutating func take(_ row: CSVRow) throws(Problem) -> Result<NewCustomer, SheetFault>? {
        guard header != nil else {
            guard case .success(let names) = row.content else {
                throw .invalid("customersFile", .format, "has a header that cannot be read")
            }
            columns = try SheetColumns(names)
            header = names
            return nil
        }
        rows += 1
        guard rows <= Self.maximumRows else {
            throw .invalid("customersFile", .tooLong, "must have at most \(Self.maximumRows) rows")
        }
        switch row.content {
        case .failure(let fault): return .failure(SheetFault(row: row.number, errors: [fault.message], fields: []))
        case .success(let fields): return customer(row.number, fields)
        }
    }

    private mutating func customer(_ number: Int, _ fields: [String]) -> Result<NewCustomer, SheetFault> {
        guard fields.count == columns.count else {
            return .failure(
                SheetFault(
                    row: number, errors: ["has \(fields.count) fields, the header has \(columns.count)"], fields: fields
                ))
        }
        var reading = RowReading(columns, fields)
        let name = reading.name(), phone = reading.phone(), email = reading.email()
        let priority = reading.priority(), description = reading.description(), zone = reading.zone()
        let metadata = reading.metadata()
        if let phone {
            if let first = seen[phone] {
                reading.errors.append("phone: is the same as in row \(first)")
            } else {
                seen[phone] = number
            }
        }
        guard reading.errors.isEmpty, let name, let phone else {
            return .failure(SheetFault(row: number, errors: reading.errors, fields: fields))
        }
        return .success(
            NewCustomer(
                row: number, name: name, phone: phone, email: email, priority: priority, description: description,
                place: zone.map { CallingPlace([$0]) } ?? .of(phone, zones, otherwise: fallback), metadata: metadata,
                fields: fields))
    }
}

/// What is wrong with a row.
struct SheetFault: Error, Sendable, Equatable {
    let row: Int
    let errors: [String]
    let fields: [String]

    var rejected: RejectedRow { RejectedRow(row: row, errors: errors, fields: fields) }
}
