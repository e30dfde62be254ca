/// What a ZIP archive is: an Office document, one of OpenDocument, or just an archive; by the names at its front.
enum ZIPContent {
    static let archive = "application/zip"

    static func type(of head: [UInt8]) -> String {
        var names: [String] = []
        var position = 0
        while position + 30 <= head.count, names.count < 200 {
            guard head[position...].starts(with: [0x50, 0x4B, 0x03, 0x04]) else {
                // The next entry: this one's length may stand behind it.
                guard let next = head[position...].firstIndex(of: 0x50) else { break }
                position = next == position ? position + 1 : next
                continue
            }
            let nameLength = number(head, position + 26)
            let start = position + 30
            guard start + nameLength <= head.count else { break }
            let name = String(decoding: head[start..<start + nameLength], as: UTF8.self)
            if names.isEmpty, name == "mimetype", let type = openDocument(head, start + nameLength) { return type }
            names.append(name)
            position = start + nameLength
        }
        let isOffice = names.contains("[Content_Types].xml")
        for (folder, type) in office where isOffice && names.contains(where: { $0.hasPrefix(folder) }) {
            // What runs has its own type, which no list names unless somebody wants it.
            return names.contains { $0.hasSuffix("vbaProject.bin") } ? "application/vnd.ms-office.macroEnabled" : type
        }
        return archive
    }

    private static let office = [
        ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ]

    /// The type that an OpenDocument file says of itself, in its first entry and not compressed (OpenDocument 1.2, part 3).
    private static func openDocument(_ head: [UInt8], _ start: Int) -> String? {
        let known = ["text", "spreadsheet", "presentation", "graphics"].map {
            "application/vnd.oasis.opendocument." + $0
        }
        return known.first { head.dropFirst(start).starts(with: $0.utf8) }
    }

    private static func number(_ bytes: [UInt8], _ offset: Int) -> Int {
        Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
    }
}
