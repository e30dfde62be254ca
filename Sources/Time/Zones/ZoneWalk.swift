/// A walk through directories for every file that holds a zone.
struct ZoneWalk {
    let directories: [String]

    /// The IANA database has some 600 names; a directory with more than this is something else.
    private static let limit = 4096
    /// `America/Argentina/Ushuaia` lies three deep; links that lead in a circle end here.
    private static let depth = 4
    /// Not names of their own: copies of the same zones, and what some systems point at the host's zone.
    private static let skipped: Set<String> = ["posix", "right", "posixrules", "localtime"]

    /// The names found, sorted by their bytes.
    var names: [String] {
        var found: Set<String> = []
        for directory in directories { visit(directory, prefix: "", depth: Self.depth, &found) }
        return found.sorted()
    }

    private func visit(_ directory: String, prefix: String, depth: Int, _ found: inout Set<String>) {
        guard depth > 0, let entries = SystemFile.names(inDirectory: directory, limit: Self.limit) else { return }
        for entry in entries where found.count < Self.limit && !(prefix.isEmpty && Self.skipped.contains(entry)) {
            let (path, name) = (directory + "/" + entry, prefix + entry)
            guard ZoneDatabase.isValid(name) else { continue }
            if let head = SystemFile.contents(path, limit: 4) {
                if TZif.hasMagic(head) { found.insert(name) }
            } else {
                visit(path, prefix: name + "/", depth: depth - 1, &found)
            }
        }
    }
}
