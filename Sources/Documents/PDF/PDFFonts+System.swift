internal import FoundationEssentials

extension PDFFonts {
    /// Those that every reader has, and the system's DejaVu Sans for what these cannot show. Read once, by whoever asks first:
    /// on a thread for work.
    public static let system = PDFFonts(embedded: font("DejaVuSans"), embeddedBold: font("DejaVuSans-Bold"))

    private static func font(_ name: String) -> TrueTypeFont? {
        let path = "/usr/share/fonts/truetype/dejavu/\(name).ttf"
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
        return try? TrueTypeFont([UInt8](data))
    }
}
