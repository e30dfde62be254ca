public import Time

/// Writes an archive (PKWARE APPNOTE 6.3.10) piece by piece: each call returns the bytes to send on, and nothing is held but
/// a line about each file. Files are stored, not compressed; names are UTF-8; beyond 4 GiB or 65,535 files it is ZIP64.
///
///     var zip = ZIPWriter()
///     try await send(zip.add("a/notes.txt", bytes, modified: now))
///     try await send(zip.begin("a/scan.pdf", modified: now, length: file.size))
///     for try await piece in file { try await send(zip.append(piece)) }
///     try await send(zip.end())
///     try await send(zip.finish())
public struct ZIPWriter: Sendable {
    /// Files of one archive at most.
    public static let mostFiles = 1_000_000

    private struct Open: Sendable {
        var entry: ZIPEntry
        let said: Int?
        var crc = CRC32()
    }

    /// Bytes given out so far.
    public private(set) var count: Int
    private var entries: [ZIPEntry] = []
    private var names: Set<String> = []
    private var open: Open?

    public init() { count = 0 }

    /// An archive that stands behind other bytes in its file.
    init(startingAt offset: Int) { count = offset }

    /// A whole file.
    ///
    /// - Throws: ``ZIPFault``.
    public mutating func add(_ name: String, _ bytes: [UInt8], modified: Instant) throws(ZIPFault) -> [UInt8] {
        try begin(name, modified: modified, length: bytes.count) + append(bytes) + end()
    }

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - name: with slashes between folders: `case 12/letter.pdf`.
    ///   - length: in bytes, where it is known; it must be true.
    /// - Throws: ``ZIPFault``.
    public mutating func begin(_ name: String, modified: Instant, length: Int? = nil) throws(ZIPFault) -> [UInt8] {
        guard open == nil else { throw .order }
        guard Self.isName(name) else { throw .name(name) }
        guard entries.count < Self.mostFiles else { throw .tooMany }
        guard names.insert(name).inserted else { throw .duplicate(name) }
        let entry = ZIPEntry(
            name: Array(name.utf8), modified: modified, offset: count,
            isLarge: length.map { $0 >= ZIPEntry.limit32 } ?? true)
        open = Open(entry: entry, said: length)
        return given(entry.localHeader)
    }

    /// Bytes of the file that was begun.
    ///
    /// - Throws: ``ZIPFault``.
    public mutating func append(_ bytes: [UInt8]) throws(ZIPFault) -> [UInt8] {
        guard open != nil else { throw .order }
        open?.crc.add(bytes)
        open?.entry.length += bytes.count
        return given(bytes)
    }

    /// Ends the file that was begun.
    ///
    /// - Throws: ``ZIPFault``.
    public mutating func end() throws(ZIPFault) -> [UInt8] {
        guard var file = open else { throw .order }
        if let said = file.said, said != file.entry.length {
            throw .length(said: said, was: file.entry.length)
        }
        file.entry.crc = file.crc.value
        open = nil
        entries.append(file.entry)
        return given(file.entry.descriptor)
    }

    /// Ends the archive.
    ///
    /// - Throws: ``ZIPFault/order`` while a file is open.
    public mutating func finish() throws(ZIPFault) -> [UInt8] {
        guard open == nil else { throw .order }
        let start = count
        var bytes: [UInt8] = []
        for entry in entries { bytes += entry.directoryRecord }
        let length = bytes.count
        if entries.count >= 0xFFFF || start >= ZIPEntry.limit32 || length >= ZIPEntry.limit32 {
            bytes += ZIPEntry.end64(count: entries.count, start: start, length: length)
        }
        bytes += ZIPEntry.end(count: entries.count, start: start, length: length)
        return given(bytes)
    }

    private mutating func given(_ bytes: [UInt8]) -> [UInt8] {
        count += bytes.count
        return bytes
    }

    /// Names that stay in the folder they are unpacked in, on every system.
    private static func isName(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 0xFFFF, !name.hasPrefix("/"), !name.hasSuffix("/") else { return false }
        for scalar in name.unicodeScalars where scalar.value < 32 || scalar.value == 127 || scalar == "\\" {
            return false
        }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part != "." && part != ".." && !(part.count == 2 && part.hasSuffix(":"))
        }
    }
}
