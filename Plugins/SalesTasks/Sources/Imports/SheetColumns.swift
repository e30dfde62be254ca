internal import PluginAPI

/// Where the columns of a customers' file stand.
struct SheetColumns: Sendable {
    private(set) var count = 0
    private var places: [String: Int] = [:]
    /// Columns that are kept as metadata.
    private(set) var further: [(name: String, index: Int)] = []

    /// Columns with a meaning; `timezone` is where the customer is.
    private static let known: Set<String> = ["name", "phone", "email", "priority", "description", "timezone"]
    /// Columns that reject files add.
    private static let ignored: Set<String> = ["rownumber", "errors"]

    init() {}

    /// - Throws: ``Problem`` that says what is wrong with the header.
    init(_ names: [String]) throws(Problem) {
        count = names.count
        for (index, raw) in names.enumerated() {
            let name = raw.withoutOuterSpace
            let word = name.lowercased()
            if Self.ignored.contains(word) || word.isEmpty { continue }
            if Self.known.contains(word) {
                guard places[word] == nil else {
                    throw .invalid("customersFile", .format, "has the column \(word) twice")
                }
                places[word] = index
            } else {
                guard name.count <= 100, !further.contains(where: { $0.name == name }) else {
                    throw .invalid("customersFile", .format, "has a column twice, or one with too long a name")
                }
                further.append((name, index))
            }
        }
        let missing = ["name", "phone"].filter { places[$0] == nil }
        guard missing.isEmpty else {
            throw .invalid(
                "customersFile", .missing, "has no column \(missing.joined(separator: ", ")) in its first row")
        }
    }

    /// The field of a known column; nil when the file has no such column or nothing stands there.
    func value(_ column: String, _ fields: [String]) -> String? {
        guard let index = places[column], fields.indices.contains(index) else { return nil }
        let text = fields[index].withoutOuterSpace
        return text.isEmpty ? nil : text
    }
}

/// One row while it is read.
struct RowReading {
    private let columns: SheetColumns
    private let fields: [String]
    /// Every mistake, with its column in front.
    var errors: [String] = []

    init(_ columns: SheetColumns, _ fields: [String]) {
        self.columns = columns
        self.fields = fields
    }

    mutating func name() -> String? {
        guard let text = columns.value("name", fields) else {
            errors.append("name: is required")
            return nil
        }
        return checked("name", text, 200)
    }

    mutating func phone() -> Phone? {
        guard let text = columns.value("phone", fields) else {
            errors.append("phone: is required")
            return nil
        }
        // A spreadsheet's way of keeping a leading plus.
        if let phone = Phone(text.hasPrefix("'") ? String(text.dropFirst()) : text) { return phone }
        errors.append("phone: must be a phone number with its country code, such as +15550100001")
        return nil
    }

    mutating func email() -> Email? {
        guard let text = columns.value("email", fields) else { return nil }
        if let email = Email(text) { return email }
        errors.append("email: must be an e-mail address")
        return nil
    }

    mutating func priority() -> Priority {
        guard let text = columns.value("priority", fields) else { return .medium }
        if let priority = Priority(rawValue: text.uppercased()) { return priority }
        errors.append("priority: must be HIGH, MEDIUM or LOW")
        return .medium
    }

    mutating func description() -> String? {
        columns.value("description", fields).flatMap { checked("description", $0, 2000) }
    }

    mutating func zone() -> Zone? {
        guard let text = columns.value("timezone", fields) else { return nil }
        if let zone = try? Zone(named: text) { return zone }
        errors.append("timeZone: must be the name of an IANA time zone such as Europe/Berlin")
        return nil
    }

    mutating func metadata() -> String {
        var members = JSON.Members()
        for (name, index) in columns.further where fields.indices.contains(index) {
            let text = fields[index].withoutOuterSpace
            if !text.isEmpty, let value = checked(name, text, 1000) { members[name] = .string(value) }
        }
        return members.list.isEmpty ? "{}" : JSON.object(members).text
    }

    private mutating func checked(_ column: String, _ text: String, _ most: Int) -> String? {
        if text.utf8.count > most, text.count > most {
            errors.append("\(column): must have at most \(most) characters")
            return nil
        }
        if text.utf8.contains(where: { $0 < 32 && $0 != 9 && $0 != 10 && $0 != 13 }) {
            errors.append("\(column): must not contain control characters")
            return nil
        }
        return text
    }
}

extension String {
    /// Without white space at both ends.
    var withoutOuterSpace: String {
        guard let first, let last, first.isWhitespace || last.isWhitespace else { return self }
        return String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
