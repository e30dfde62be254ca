/// Which Portico this is.
public enum Version {
    /// Semantic version.
    public static let text = "0.1.0"
}
