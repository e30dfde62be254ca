/// What a file field of a form takes.
public struct FileRule: Sendable, Equatable {
    /// Bytes of one file.
    public let limit: Int
    /// The media types that are taken; empty takes all.
    public let types: [String]

    public init(limit: Int, types: [String]) {
        self.limit = limit
        self.types = types
    }
}
