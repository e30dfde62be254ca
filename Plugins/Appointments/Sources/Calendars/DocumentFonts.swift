internal import Documents
internal import FoundationEssentials

/// The fonts of documents: those that every reader has, and the system's DejaVu Sans for what these cannot show.
enum DocumentFonts {
    /// Read once, by the first document of the process, on a thread for work.
    static let all = PDFFonts(embedded: font("DejaVuSans"), embeddedBold: font("DejaVuSans-Bold"))

    private static func font(_ name: String) -> TrueTypeFont? {
        let path = "/usr/share/fonts/truetype/dejavu/\(name).ttf"
        guard let data = try? Data(contentsOf: URL(filePath: path)) else { return nil }
        return try? TrueTypeFont([UInt8](data))
    }
}
