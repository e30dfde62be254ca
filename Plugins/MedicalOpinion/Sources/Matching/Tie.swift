internal import PluginAPI

/// What an expert is tied to, so that they should not judge of it.
struct Tie: Hashable, Sendable {
    /// What ties are to.
    enum Kind: String, CaseIterable, Sendable, SQLConvertible {
        /// Where they work or worked.
        case institution
        /// A doctor they work with or are related to.
        case doctor
        /// Somebody who may be a patient: related to them, or treated by them before.
        case person
    }

    let kind: Kind
    let name: String
}

/// Who treated a patient until now, or where; at least one of the two is said.
struct TreatingDoctor: Described, Hashable {
    let name: String?
    let institution: String?

    static let schema = Schema<TreatingDoctor>.object(
        TreatingDoctor.init(name:institution:), Field("name", \.name, .optional(.string(1...200))),
        Field("institution", \.institution, .optional(.string(1...200)), note: "Where the first opinion came from"))
}
