import Glibc

/// A temporary folder and a shell in it, removed with the last reference.
final class Folder {
    struct Failed: Error {
        let what: String
        let output: String
    }

    let path: String

    init() throws {
        var template = Array("/tmp/crypto-tests-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failed(what: "mkdtemp", output: "") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        _ = try? run("rm -rf '\(path)'")
    }

    func write(_ bytes: [UInt8], to name: String) throws {
        guard let file = fopen("\(path)/\(name)", "w") else { throw Failed(what: name, output: "") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failed(what: name, output: "") }
    }

    func read(_ name: String) throws -> [UInt8] {
        guard let file = fopen("\(path)/\(name)", "r") else { throw Failed(what: name, output: "") }
        defer { fclose(file) }
        return Folder.rest(of: file)
    }

    /// Runs a command with the folder as its current directory and gives what it printed.
    @discardableResult
    func run(_ command: String) throws -> String {
        guard let pipe = popen("cd '\(path)' && ( \(command) ) 2>&1", "r") else {
            throw Failed(what: command, output: "")
        }
        let output = String(decoding: Folder.rest(of: pipe), as: UTF8.self)
        guard pclose(pipe) == 0 else { throw Failed(what: command, output: output) }
        return output
    }

    private static func rest(of file: UnsafeMutablePointer<FILE>) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&block, 1, block.count, file)
            guard count > 0 else { return bytes }
            bytes += block.prefix(count)
        }
    }
}
