import FoundationEssentials
import Glibc

/// A folder for a browser's profile, removed with this object.
final class BrowserFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/portico-browser-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw ChromiumProcess.Failure(description: "no folder: \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
