/// A picture that a company keeps for a plugin in its folder: `content/<plugin>/images/<name>`.
public struct ContentPicture: Sendable, Equatable {
    /// `image/png`, `image/jpeg` or `image/webp`, by what its bytes are.
    public let mediaType: String
    public let bytes: [UInt8]

    public init(mediaType: String, bytes: [UInt8]) {
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// The pictures of the tenant's folder `content/<plugin>/images`, read when they are asked for.
public protocol ContentPictures: Sendable {
    /// A picture of at most 1 MiB; nil when there is none of that name, or it is no PNG, JPEG or WebP.
    ///
    /// - Throws: at once, when too many files wait to be read, an error that clients see as 503 with `Retry-After`.
    func picture(_ name: String) async throws -> ContentPicture?
}

/// A folder without pictures.
public struct NoPictures: ContentPictures {
    public init() {}
    public func picture(_ name: String) async throws -> ContentPicture? { nil }
}
