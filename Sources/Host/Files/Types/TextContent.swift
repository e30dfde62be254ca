/// Which kind of text a file is.
enum TextContent {
    /// Whether bytes are text: UTF-8, or UTF-16 with its mark, without controls that text does not have. The end of what is
    /// looked at may lie within a character.
    static func isText(_ head: [UInt8]) -> Bool {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { return head.count % 2 == 0 }
        let whole = head.dropLast(unfinished(head))
        guard String(validating: whole, as: UTF8.self) != nil else { return false }
        return whole.allSatisfy { $0 >= 0x20 && $0 != 0x7F || [0x09, 0x0A, 0x0C, 0x0D, 0x1B].contains($0) }
    }

    /// Bytes at the end that begin a character and do not finish it.
    private static func unfinished(_ head: [UInt8]) -> Int {
        for count in 1...3 where count <= head.count {
            let byte = head[head.count - count]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > count ? count : 0
        }
        return 0
    }

    /// - Parameters:
    ///   - declared: counts where it is a kind of text that says nothing by its first bytes.
    ///   - ending: of the file's name.
    static func type(of head: [UInt8], declared: String, ending: String) -> String {
        let start = String(decoding: head.prefix(1024), as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if let found = marked(start.prefix(64).lowercased(), start) { return found }
        if declared == "text/csv" || ending == "csv" { return "text/csv" }
        if ["text/markdown", "text/tab-separated-values"].contains(declared) { return declared }
        if ending == "md" { return "text/markdown" }
        if declared == "application/json" || ending == "json", start.hasPrefix("{") || start.hasPrefix("[") {
            return "application/json"
        }
        return ContentType.plainText
    }

    /// Text that says what it is. Markup and scripts are told from text whatever they are called, because browsers and
    /// desktops run them.
    private static func marked(_ front: String, _ start: Substring) -> String? {
        if front.hasPrefix("begin:vcalendar") { return "text/calendar" }
        if front.hasPrefix("begin:vcard") { return "text/vcard" }
        if front.hasPrefix("#!") { return "text/x-shellscript" }
        guard front.hasPrefix("<") else { return nil }
        let text = start.lowercased()
        if text.contains("<svg") { return "image/svg+xml" }
        if text.contains("<html") || text.contains("<!doctype html") { return "text/html" }
        if front.hasPrefix("<?xml") { return "application/xml" }
        let tags = ["<head", "<body", "<script", "<iframe", "<img", "<a ", "<div", "<table", "<style", "<meta", "<!--"]
        return tags.contains { front.hasPrefix($0) } ? "text/html" : nil
    }
}
