import Glibc

/// A folder of its own with a shell in it, removed with the last reference.
final class Workshop: Sendable {
    struct Failed: Error {
        let command: String
        let output: String
    }

    let path: String

    init() throws {
        var template = Array("/tmp/http-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failed(command: "mkdtemp", output: "") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { _ = attempt("rm -rf '\(path)'") }

    /// Runs a command and gives what it printed, on both outputs. Blocks.
    @discardableResult
    func run(_ command: String) throws -> String {
        let (status, output) = attempt(command)
        guard status == 0 else { throw Failed(command: command, output: output) }
        return output
    }

    /// The same for a command that may fail.
    func attempt(_ command: String) -> (status: Int32, output: String) {
        guard let pipe = popen("cd '\(path)' && ( \(command) ) 2>&1", "r") else { return (-1, "") }
        let output = Self.rest(of: pipe)
        let status = pclose(pipe)
        return (status, String(decoding: output, as: UTF8.self))
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        guard let file = fopen("\(path)/\(name)", "w") else { throw Failed(command: name, output: "") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failed(command: name, output: "") }
    }

    func read(_ name: String) throws -> [UInt8] {
        guard let file = fopen("\(path)/\(name)", "r") else { throw Failed(command: name, output: "") }
        defer { fclose(file) }
        return Self.rest(of: file)
    }

    private static func rest(of file: UnsafeMutablePointer<FILE>) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = fread(&block, 1, block.count, file)
            guard count > 0 else { return bytes }
            bytes += block.prefix(count)
        }
    }
}
