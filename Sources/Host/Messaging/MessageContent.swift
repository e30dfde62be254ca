import PluginAPI

/// What a message says, sealed at rest: one-time codes and what people are told is nobody else's business.
enum MessageContent: Sealable, Equatable {
    /// The values for the texts of a plugin's notice type.
    case template(values: [String: String])
    /// Words of the host to an address.
    case direct(channel: Channel, address: String, subject: String, body: String)

    static let sealTag = "outbox.content"

    var sealedBytes: [UInt8] { Stored.schema.encode(stored) }

    init?(sealedBytes: [UInt8]) {
        guard let document = try? JSONDocument(sealedBytes),
            let stored = try? Stored.schema.decode(.json(document.root))
        else { return nil }
        if let channel = stored.channel, let address = stored.address {
            self = .direct(channel: channel, address: address, subject: stored.subject ?? "", body: stored.body ?? "")
        } else {
            self = .template(values: stored.values ?? [:])
        }
    }

    /// Whether what is sealed now opens again: every text is one that its field takes. The fields are read as they are
    /// when the content is opened, but without writing and reading all of it for that.
    var opensAgain: Bool {
        switch self {
        case .template(let values):
            values.count <= Stored.mostValues && values.values.allSatisfy { Stored.value.takes($0) }
        case .direct(_, let address, let subject, let body):
            Stored.address.takes(address) && Stored.subject.takes(subject) && Stored.body.takes(body)
        }
    }

    private var stored: Stored {
        switch self {
        case .template(let values): Stored(values: values, channel: nil, address: nil, subject: nil, body: nil)
        case .direct(let channel, let address, let subject, let body):
            Stored(values: nil, channel: channel, address: address, subject: subject, body: body)
        }
    }
}

/// The content as JSON inside the seal.
private struct Stored: Described {
    let values: [String: String]?
    let channel: Channel?
    let address: String?
    let subject: String?
    let body: String?

    static let mostValues = 1000
    static let value = Schema<String>.string(0...10_000, .verbatim)
    static let address = Schema<String>.string(0...500)
    static let subject = Schema<String>.string(0...1000, .verbatim)
    static let body = Schema<String>.string(0...100_000, .verbatim)

    static let schema = Schema.object(
        Self.init(values:channel:address:subject:body:),
        .leftOutWhenNil("values", \.values, .optional(.map(value, 0...mostValues))),
        .leftOutWhenNil("channel", \.channel, .optional(.oneOf)),
        .leftOutWhenNil("address", \.address, .optional(address)),
        .leftOutWhenNil("subject", \.subject, .optional(subject)),
        .leftOutWhenNil("body", \.body, .optional(body)))
}

extension Schema<String> {
    /// Whether it reads the text, and reads it as it is.
    fileprivate func takes(_ text: String) -> Bool { (try? decode(.text(text)))?.utf8.elementsEqual(text.utf8) == true }
}
