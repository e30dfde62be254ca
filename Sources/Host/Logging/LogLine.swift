import PluginAPI

/// One event as the log tells it. Secrets and personal data are gone before it exists.
struct LogLine: Sendable, Equatable {
    let level: LogLevel
    let message: String
    /// The tenant's slug.
    let tenant: String?
    let plugin: String?
    let requestID: String?
    /// Further facts, in the order they are written; each name once.
    let fields: [Field]

    /// A fact.
    struct Field: Sendable, Equatable {
        let name: String
        let value: LogValue
    }

    /// How many further facts a line may have; the rest is left out.
    static let mostFields = 32

    init(
        _ level: LogLevel, _ message: StaticString, tenant: String? = nil, plugin: String? = nil,
        requestID: String? = nil, fields: some Sequence<(key: String, value: LogValue)>
    ) {
        self.level = level
        self.message = message.description
        self.tenant = tenant
        self.plugin = plugin
        self.requestID = requestID
        var kept: [Field] = []
        for (name, value) in fields.prefix(Self.mostFields) where !kept.contains(where: { $0.name == name }) {
            kept.append(Field(name: name, value: Redaction.conceals(name) ? .text(Redaction.mark) : value))
        }
        self.fields = kept
    }

    init(_ level: LogLevel, _ message: StaticString, fields: KeyValuePairs<String, LogValue>) {
        self.init(level, message, fields: fields.map { ($0.key, $0.value) })
    }

    /// The value of a fact.
    subscript(name: String) -> LogValue? { fields.first { $0.name == name }?.value }
}

/// The value of a fact.
enum LogValue: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    case text(String)
    case integer(Int64)
    case flag(Bool)

    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
}
