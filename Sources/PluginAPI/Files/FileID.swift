public import StoreAPI

/// The id of a stored file, e.g. `fil_01jd…`. Knowing it allows nothing.
public struct FileID: RawRepresentable, Sendable, Hashable, SQLConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

extension FileID: Described {
    public static var schema: Schema<FileID> {
        Schema<String>.string(1...64).converted(
            to: { FileID(rawValue: $0) }, from: { $0.rawValue }, allowed: "the id of a file")
    }
}
