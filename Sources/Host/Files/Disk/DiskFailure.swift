import Glibc

/// What the file system refused.
struct DiskFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The call.
    let call: String
    /// Its `errno`.
    let code: Int32

    init(_ call: String, _ code: Int32 = errno) {
        self.call = call
        self.code = code
    }

    /// Whether there is no such file.
    var isMissing: Bool { code == ENOENT }

    var description: String { code == ENOSPC ? "\(call): no space left" : "\(call): error \(code)" }
}
