/// A record as it was given: its name, and its fields as text.
public struct MatchingRecord: Sendable, Equatable {
    /// A field's name and content.
    public struct Field: Sendable, Equatable {
        public let name: String
        public let text: String

        public init(_ name: String, _ text: String) {
            self.name = name
            self.text = text
        }
    }

    /// What it is called in results.
    public let name: String
    /// In any order. A name that comes twice: the texts are taken together.
    public let fields: [Field]

    public init(name: String, fields: [Field]) {
        self.name = name
        self.fields = fields
    }
}
