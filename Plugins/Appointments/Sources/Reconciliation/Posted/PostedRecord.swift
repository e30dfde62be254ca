internal import Matching
internal import PluginAPI

/// A record somebody posts to have it compared: an object declared open, of which nothing is known beforehand.
///
/// What lies deeper counts under names with dots (`address.city`), a list as one text.
struct PostedRecord: Described {
    /// How results name it: its `id`, a text or a whole number, where it has one.
    let name: RecordName?
    let fields: [MatchingRecord.Field]

    /// Fields of one record that are looked at; text of one field in characters.
    private static let most = (fields: 256, characters: 4000)

    static let schema = Schema<PostedRecord>(
        document: JSONSchema(["type": "object", "additionalProperties": true]),
        sample: { ["key": .string("value \($0)")] }
    ) { input, decoding in
        guard case .json(let cursor) = input, cursor.kind == .object else {
            decoding.mistake(.type, "must be an object", input)
            return nil
        }
        var name: RecordName?
        var fields: [MatchingRecord.Field] = []
        cursor.forEachMember { member, value in
            if member == "id", let id = RecordName(value) { name = id } else { collect(member, value, &fields) }
        }
        return PostedRecord(name: name, fields: fields)
    } write: { record, writer in
        writer.beginObject()
        if let name = record.name {
            writer.key("id")
            name.write(&writer)
        }
        for field in record.fields {
            writer.key(field.name)
            writer.value(field.text)
        }
        writer.endObject()
    }

    private static func collect(_ name: String, _ value: JSONCursor, _ fields: inout [MatchingRecord.Field]) {
        guard fields.count < most.fields else { return }
        switch value.kind {
        case .object: value.forEachMember { collect(name + "." + $0, $1, &fields) }
        case .array:
            var texts: [String] = []
            value.forEachElement { _, element in
                if let text = text(element) {
                    texts.append(text)
                } else {
                    collect(name, element, &fields)
                }
            }
            if !texts.isEmpty { add(name, texts.joined(separator: " "), &fields) }
        default: if let text = text(value) { add(name, text, &fields) }
        }
    }

    private static func add(_ name: String, _ text: String, _ fields: inout [MatchingRecord.Field]) {
        // A list of objects brings a name again and again: one field, so that what is written reads back.
        if let at = fields.firstIndex(where: { $0.name == name }) {
            fields[at] = .init(name, String((fields[at].text + " " + text).prefix(most.characters)))
        } else {
            fields.append(.init(name, String(text.prefix(most.characters))))
        }
    }

    private static func text(_ value: JSONCursor) -> String? {
        switch value.kind {
        case .string: value.string.flatMap { $0.isEmpty ? nil : $0 }
        case .integer, .number: value.integer.map { "\($0)" } ?? value.double.map { "\($0)" }
        case .bool: value.bool.map { $0 ? "true" : "false" }
        case .null, .object, .array: nil
        }
    }
}

/// What a record is called in results: its `id` as it was sent, or its place from 0.
enum RecordName: Sendable, Equatable {
    case text(String)
    case number(Int64)

    /// - Returns: nil for what is no name, such as null or an empty text.
    init?(_ value: JSONCursor) {
        if let text = value.string, !text.isEmpty, text.utf8.count <= 1000 {
            self = .text(text)
        } else if value.kind == .integer || value.kind == .number, let number = value.integer {
            self = .number(number)
        } else {
            return nil
        }
    }

    func write(_ writer: inout JSONWriter) {
        switch self {
        case .text(let text): writer.value(text)
        case .number(let number): writer.value(number)
        }
    }
}

extension RecordName: Described {
    static let schema = Schema<RecordName>(
        document: JSONSchema(["type": ["string", "integer"]]), sample: { .string("rec_\($0)") }
    ) { input, decoding in
        if case .json(let cursor) = input, let name = RecordName(cursor) { return name }
        decoding.mistake(.type, "must be a text or a whole number", input)
        return nil
    } write: {
        $0.write(&$1)
    }
}
