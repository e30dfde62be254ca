import FoundationEssentials

/// Folders and files of tests.
enum TemporaryPath {
    static func make() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/portico-files-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

    static func write(_ bytes: [UInt8], to path: String) throws {
        try Data(bytes).write(to: URL(filePath: path))
    }
}
