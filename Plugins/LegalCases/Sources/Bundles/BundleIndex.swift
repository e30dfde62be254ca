internal import Documents
internal import PluginAPI

/// What stands in an archive of documents, in its order: as a table for people, and as checksums that `sha256sum -c` reads.
struct BundleIndex: Sendable {
    /// One document of the archive.
    struct Entry: Sendable {
        let document: Int
        let title: String
        let folder: String
        let file: FileID
        /// Of the file.
        let name: String
        /// Bytes.
        let size: Int
        /// Hexadecimal.
        let sha256: String
        /// The document's version, from 1.
        let version: Int
        let uploadedAt: Instant
    }

    let entries: [Entry]
    /// Where each stands in the archive, in the order of the entries.
    let paths: [String]

    init(_ entries: [Entry]) {
        self.entries = entries
        let digits = max(3, "\(entries.count)".count)
        paths = entries.enumerated().map { position, entry in
            let number = "\(position + 1)"
            let place = String(repeating: "0", count: max(0, digits - number.count)) + number
            let folder = entry.folder.split(separator: "/").map { Self.segment(String($0)) }.filter { !$0.isEmpty }
            return (["documents"] + folder + [place + " " + Self.name(entry)]).joined(separator: "/")
        }
    }

    /// `index.csv`; cells that a table program would run are defused.
    var table: [UInt8] {
        var csv = CSVWriter()
        csv.row(["number", "path", "document_id", "title", "folder", "version", "uploaded_at", "bytes", "sha256"])
        for (position, entry) in entries.enumerated() {
            csv.row([
                "\(position + 1)", paths[position], "\(entry.document)", entry.title, entry.folder, "\(entry.version)",
                entry.uploadedAt.description, "\(entry.size)", entry.sha256,
            ])
        }
        return csv.bytes
    }

    /// `SHA256SUMS`, as GNU's `sha256sum` writes it.
    var checksums: [UInt8] {
        var text = ""
        for (position, entry) in entries.enumerated() { text += "\(entry.sha256)  \(paths[position])\n" }
        return Array(text.utf8)
    }

    /// The document's title with the ending of its file.
    private static func name(_ entry: Entry) -> String {
        let title = segment(entry.title)
        guard let point = entry.name.lastIndex(of: ".") else { return title.isEmpty ? "document" : title }
        let ending = segment(String(entry.name[point...].dropFirst()))
        let base = title.isEmpty ? "document" : title
        return ending.isEmpty || base.lowercased().hasSuffix("." + ending.lowercased()) ? base : base + "." + ending
    }

    /// A name that every system takes as one part of a path.
    private static func segment(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            let isBad = scalar.value < 32 || scalar.value == 127 || "/\\:*?\"<>|".unicodeScalars.contains(scalar)
            out.unicodeScalars.append(isBad ? "_" : scalar)
            if out.utf8.count >= 120 { break }
        }
        while let last = out.last, last == " " || last == "." { out.removeLast() }
        while let first = out.first, first == " " || first == "." { out.removeFirst() }
        return out
    }
}
