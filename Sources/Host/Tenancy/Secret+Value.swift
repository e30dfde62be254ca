import PluginAPI

extension Secret {
    /// The value, read now; a line break at the end of a file is no part of it.
    ///
    /// - Parameter folder: the tenant's folder.
    func resolve(in folder: String) throws(SecretFault) -> String {
        switch self {
        case .environment(let name):
            guard let value = Files.environment(name) else {
                throw .missing("the environment variable \(name) is not set")
            }
            return value
        case .file(let path):
            let whole = path.hasPrefix("/") ? path : folder + "/" + path
            let bytes: [UInt8]
            do throws(FileFault) { bytes = try Files.contents(whole, limit: 65_536) } catch {
                throw .missing("the file \(path) \(error.reason)")
            }
            guard var value = String(validating: bytes, as: UTF8.self) else {
                throw .missing("the file \(path) is not UTF-8")
            }
            if value.utf8.last == UInt8(ascii: "\n") { value.unicodeScalars.removeLast() }
            if value.utf8.last == UInt8(ascii: "\r") { value.unicodeScalars.removeLast() }
            guard !value.isEmpty else { throw .missing("the file \(path) is empty") }
            return value
        }
    }
}

/// Why a secret could not be had; never holds the secret.
enum SecretFault: Error, Equatable {
    /// What is missing, for the operator.
    case missing(String)
}
