internal import PluginAPI

/// Exactly what was signed. The SHA-256 of its JSON, whose members stand in this order and without spaces, is the digest that
/// the checking page tells; whoever holds an export can compute it anew.
struct SignedStatement: Described {
    let caseNumber: String
    /// 1 for the opinion; one more for each addendum, and for an opinion that was signed after the case was reopened.
    let version: Int
    let kind: String
    let professionalId: PersonID
    let professionalName: String
    let professionalTitle: String
    let specialty: String
    let question: String
    let text: String
    let summary: String
    let findings: String
    let recommendations: String
    let signedAt: Instant
    /// The digest of the version before it, so that none can be taken out of the row; nil of the first.
    let previous: String?

    static let schema = Schema<SignedStatement>.object(
        SignedStatement.init(
            caseNumber:version:kind:professionalId:professionalName:professionalTitle:specialty:question:text:summary:
            findings:recommendations:signedAt:previous:),
        Field("caseNumber", \.caseNumber, CaseNumber.schema), Field("version", \.version, .int(1...1_000_000)),
        Field("kind", \.kind, .string(1...20)), Field("professionalId", \.professionalId, PersonID.schema),
        Field("professionalName", \.professionalName, .string(0...300)),
        Field("professionalTitle", \.professionalTitle, .string(0...200)),
        Field("specialty", \.specialty, .string(0...60)), Field("question", \.question, .string(0...5000)),
        Field("text", \.text, .string(0...50_000)), Field("summary", \.summary, .string(0...5000)),
        Field("findings", \.findings, .string(0...20_000)),
        Field("recommendations", \.recommendations, .string(0...20_000)),
        Field("signedAt", \.signedAt, Instant.schema), Field("previous", \.previous, .optional(.string(64...64))))
}

/// Bytes as hexadecimal digits.
enum Hexadecimal {
    static func text(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
