import FoundationEssentials

@testable import PluginTestKit

extension TemporaryFolder {
    /// Copies a folder in it, as it is at this moment.
    func copy(_ name: String, to other: String) throws {
        try FileManager.default.copyItem(atPath: "\(path)/\(name)", toPath: "\(path)/\(other)")
    }
}
