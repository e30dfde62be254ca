/// A text that a company keeps for a plugin in its folder: `content/<plugin>/<name>`.
public struct ContentFile: Sendable, Equatable {
    /// `preparing.md`
    public let name: String
    /// All of it, with what stands above it.
    public let text: String
    /// The names of the pictures beside it, in `content/<plugin>/images`.
    public let pictures: Set<String>

    public init(name: String, text: String, pictures: Set<String> = []) {
        self.name = name
        self.text = text
        self.pictures = pictures
    }

    /// What is wrong with one, for whoever wrote it.
    public struct Fault: Sendable, Equatable {
        /// From 1; nil when it is about the text as a whole.
        public let line: Int?
        /// What is wrong and what is allowed.
        public let message: String

        public init(line: Int? = nil, _ message: String) {
            self.line = line
            self.message = message
        }
    }
}
