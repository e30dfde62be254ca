internal import Documents
internal import PluginAPI

/// The bytes of an archive, one piece after the other: index and checksums in front, so that a reader of the beginning knows
/// what follows; then each document, read while it is sent.
actor BundlePieces {
    private let index: BundleIndex
    private let moment: Instant
    private let open: @Sendable (FileID) async throws -> OpenFile
    private var zip = ZIPWriter()
    private var position = -1
    private var walk: (@Sendable () async throws -> [UInt8]?)?
    private var isOver = false

    /// - Parameter open: opens a file when its turn has come.
    init(_ index: BundleIndex, at moment: Instant, open: @escaping @Sendable (FileID) async throws -> OpenFile) {
        self.index = index
        self.moment = moment
        self.open = open
    }

    /// - Throws: what reading throws; the client sees an archive that ends too soon.
    func next() async throws -> [UInt8]? {
        if isOver { return nil }
        if position < 0 {
            position = 0
            return try zip.add("index.csv", index.table, modified: moment)
                + zip.add("SHA256SUMS", index.checksums, modified: moment)
        }
        if let walk {
            if let piece = try await walk() { return try zip.append(piece) }
            self.walk = nil
            position += 1
            return try zip.end()
        }
        guard position < index.entries.count else {
            isOver = true
            return try zip.finish()
        }
        let entry = index.entries[position]
        let file = try await open(entry.file)
        walk = file.stream.walk()
        return try zip.begin(index.paths[position], modified: entry.uploadedAt, length: file.file.size)
    }
}
