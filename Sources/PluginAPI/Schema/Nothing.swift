/// The input of a route that takes none, or the settings of a plugin that has none.
public struct Nothing: Described {
    public init() {}
    public static let schema = Schema.object(Self.init)
}

/// The output of a route that answers 204.
public struct NoContent: Described {
    public init() {}
    public static let schema = Schema.object(Self.init)
}
