import PluginAPI

/// What was said, and where to; sealed at rest.
struct SentWords: Sealable, Equatable {
    /// Empty for what is shown in the portal.
    let address: String
    let subject: String
    let body: String

    static let sealTag = "delivery.said"

    init(address: String = "", subject: String, body: String) {
        self.address = address
        self.subject = subject
        self.body = body
    }

    var sealedBytes: [UInt8] { Self.schema.encode(self) }

    init?(sealedBytes: [UInt8]) {
        guard let document = try? JSONDocument(sealedBytes),
            let said = try? Self.schema.decode(.json(document.root))
        else { return nil }
        self = said
    }
}

extension SentWords: Described {
    // Long enough for whatever a driver was handed: what cannot be read again would be lost.
    private static let text = Schema<String>.text(
        JSONSchema(["type": "string"]), allowed: "a text", sample: { "text \($0)" }, parse: { $0 },
        write: { $1.value($0) })

    static let schema = Schema.object(
        Self.init(address:subject:body:), Field("address", \.address, text), Field("subject", \.subject, text),
        Field("body", \.body, text))
}
