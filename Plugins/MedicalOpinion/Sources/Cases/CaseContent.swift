internal import PluginAPI

/// What a customer says of their illness, and who treated them until now. It lies sealed.
struct CaseContent: Described, Sealable {
    let question: String
    let description: String
    let treatingDoctors: [TreatingDoctor]

    static let schema = Schema<CaseContent>.object(
        CaseContent.init(question:description:treatingDoctors:), Field("question", \.question, .string(0...5000)),
        Field("description", \.description, .string(0...50_000)),
        Field("treatingDoctors", \.treatingDoctors, .list(TreatingDoctor.schema, 0...20), default: []))

    static let sealTag = "case-content"
    var sealedBytes: [UInt8] { Self.schema.encode(self) }
    init(question: String, description: String, treatingDoctors: [TreatingDoctor]) {
        self.question = question
        self.description = description
        self.treatingDoctors = treatingDoctors
    }
    init?(sealedBytes: [UInt8]) {
        guard let document = try? JSONDocument(sealedBytes), let value = try? Self.schema.decode(.json(document.root))
        else { return nil }
        self = value
    }
}

/// A short text about a case that lies sealed: why it was declined, what is missing, what a customer says of the opinion.
struct CaseText: Sealable {
    let text: String
    static let sealTag = "case-text"
    init(_ text: String) { self.text = text }
    init?(sealedBytes: [UInt8]) { text = String(decoding: sealedBytes, as: UTF8.self) }
    var sealedBytes: [UInt8] { Array(text.utf8) }
}

/// An opinion, or what was added to it. It lies sealed.
struct OpinionContent: Described, Sealable {
    let text: String
    let summary: String
    let findings: String
    let recommendations: String

    static let schema = Schema<OpinionContent>.object(
        OpinionContent.init(text:summary:findings:recommendations:),
        Field("text", \.text, .string(0...50_000), default: ""),
        Field("summary", \.summary, .string(0...5000), default: "", note: "In plain language"),
        Field("findings", \.findings, .string(0...20_000), default: ""),
        Field("recommendations", \.recommendations, .string(0...20_000), default: ""))

    static let sealTag = "opinion"
    var sealedBytes: [UInt8] { Self.schema.encode(self) }
    init(text: String, summary: String, findings: String, recommendations: String) {
        self.text = text
        self.summary = summary
        self.findings = findings
        self.recommendations = recommendations
    }
    init?(sealedBytes: [UInt8]) {
        guard let document = try? JSONDocument(sealedBytes), let value = try? Self.schema.decode(.json(document.root))
        else { return nil }
        self = value
    }
}
