import PluginAPI

/// Something about a tenant's file that the operator must mend, or should know.
struct Finding: Sendable, Equatable, CustomStringConvertible {
    /// How much it matters.
    enum Weight: Sendable { case mistake, notice }

    let weight: Weight
    /// `tenants/lumen/tenant.json`
    let file: String
    /// Line and column from 1, in bytes; nil when it is about the file as a whole.
    let line: Int?, column: Int?
    /// RFC 6901, empty for the whole; nil where it is not about JSON.
    let pointer: String?
    /// What is wrong and what is allowed.
    let message: String

    /// `tenants/lumen/tenant.json:12:7 #/plugins/appointments/codeLength: must be a whole number, 4 to 8`
    var description: String {
        guard let line, let column else { return "\(file): \(message)" }
        return "\(file):\(line):\(column)\(pointer.map { " #\($0)" } ?? ""): \(message)"
    }

    /// About a file as a whole.
    init(_ weight: Weight, file: String, _ message: String) {
        self.weight = weight
        self.file = file
        line = nil
        column = nil
        pointer = ""
        self.message = message
    }

    /// About a place in text that is no JSON.
    init(file: String, _ message: String, in text: String, at place: String.Index) {
        weight = .mistake
        self.file = file
        let before = text.utf8[..<place]
        line = before.count { $0 == UInt8(ascii: "\n") } + 1
        column =
            before.distance(
                from: before.lastIndex(of: UInt8(ascii: "\n")).map { before.index(after: $0) } ?? before.startIndex,
                to: place) + 1
        pointer = nil
        self.message = message
    }

    /// About text that should be JSON.
    init(file: String, _ error: JSONSyntaxError) {
        weight = .mistake
        self.file = file
        line = error.line
        column = error.column
        pointer = ""
        message = error.message
    }

    /// About a value; one that is missing is placed where it should be: at the object around it.
    init(_ weight: Weight, file: String, _ mistake: Mistake, in document: JSONDocument) {
        self.weight = weight
        self.file = file
        var offset = mistake.offset ?? document.root.nearest(mistake.path).offset
        // A text's offset lies behind its quote, and nothing but a text can stand right behind one.
        if offset > 0, offset <= document.bytes.count, document.bytes[offset - 1] == UInt8(ascii: "\"") { offset -= 1 }
        (line, column) = document.position(of: offset)
        pointer = mistake.pointer
        message = mistake.message
    }
}

extension Finding: Comparable {
    /// By file, then by place.
    static func < (left: Finding, right: Finding) -> Bool {
        (left.file, left.line ?? 0, left.column ?? 0, left.pointer ?? "")
            < (right.file, right.line ?? 0, right.column ?? 0, right.pointer ?? "")
    }
}
