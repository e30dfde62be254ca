/// An answer as a client reads it.
struct HTTPAnswer: Sendable {
    let status: Int
    let fields: [(name: String, value: String)]
    let body: [UInt8]

    /// The value of the first field of this name.
    func field(_ name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as JSON; null when it is none.
    var json: JSON { (try? JSON(body)) ?? .null }

    /// The body as JSON when the status is the expected one.
    func json(if expected: Int) throws -> JSON {
        guard status == expected else { throw Failure("expected \(expected), got \(status): \(text.prefix(2000))") }
        return try JSON(body)
    }
}
