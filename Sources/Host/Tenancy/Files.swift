import Glibc

/// Reading the files of tenants: this folder's only way to the file system, and its only unsafe code.
enum Files {
    /// The regular file at `path`.
    ///
    /// - Throws: ``FileFault``, also when it is longer than `limit` bytes.
    static func contents(_ path: String, limit: Int) throws(FileFault) -> [UInt8] {
        // Safe: the path is a null-terminated copy that lives through the call. O_NONBLOCK: a pipe must not make us wait.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw FileFault(errno) }
        defer { close(file) }
        var status = stat()
        // Safe: the kernel writes one `stat` into a local variable of exactly that type before the call returns.
        guard unsafe fstat(file, &status) == 0 else { throw FileFault(errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileFault(kind: .notAFile, reason: "is no regular file") }
        guard Int(status.st_size) <= limit else {
            throw FileFault(kind: .other, reason: "is longer than \(limit) bytes")
        }
        // One byte more than it said, so that a file that grew meanwhile is noticed.
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size) + 1)
        var count = 0
        while count < bytes.count {
            // Safe: the buffer is used only inside the closure, and the slice's bounds are checked: it ends where the array does.
            let read = unsafe bytes.withUnsafeMutableBytes { buffer in
                let free = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
                return unsafe Glibc.read(file, free.baseAddress, free.count)
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw FileFault(errno) }
            if read == 0 { break }
            count += read
        }
        guard count <= Int(status.st_size) else { throw FileFault(kind: .other, reason: "changed while it was read") }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// How many bytes the file at `path` has; 0 when there is none.
    static func size(_ path: String) -> Int {
        var status = stat()
        // Safe: the path is a null-terminated copy that lives through the call, and the kernel writes one `stat` into a
        // local variable of exactly that type before the call returns.
        guard unsafe stat(path, &status) == 0 else { return 0 }
        return Int(status.st_size)
    }

    /// The names in the directory at `path`, in no order, without those that begin with a point.
    ///
    /// - Throws: ``FileFault``, also when there are more than `limit`.
    static func names(inDirectory path: String, limit: Int) throws(FileFault) -> [String] {
        // Safe: the path is a null-terminated copy that lives through the call.
        guard let directory = unsafe opendir(path) else { throw FileFault(errno) }
        // Safe: `directory` is open, and nothing uses it after this.
        defer { unsafe closedir(directory) }
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { throw FileFault(ENOTSUP) }
        var names: [String] = []
        while true {
            errno = 0
            // Safe: `directory` is open and used by this thread alone; an entry stays valid until the next call, and we copy its name before.
            guard let entry = unsafe readdir(directory) else {
                if errno != 0 { throw FileFault(errno) }
                return names
            }
            // Safe: `d_name` is null-terminated inside the entry. It is reached by its offset, because an entry is shorter than its type.
            let name = unsafe String(
                cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
            if name.hasPrefix(".") { continue }
            guard names.count < limit else { throw FileFault(kind: .other, reason: "has more than \(limit) entries") }
            names.append(name)
        }
    }

    /// The value of an environment variable; nil if it is missing or empty.
    static func environment(_ name: String) -> String? {
        // Safe as long as nothing changes the environment meanwhile; this program never does, and the value is copied at once.
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}

/// Why a file or folder could not be read.
struct FileFault: Error, Equatable {
    /// What callers tell apart.
    enum Kind: Sendable { case missing, notAFolder, notAFile, other }
    let kind: Kind
    /// Completes "the file …": `cannot be read (Permission denied)`.
    let reason: String

    init(kind: Kind, reason: String) {
        self.kind = kind
        self.reason = reason
    }

    init(_ code: Int32) {
        kind = code == ENOENT ? .missing : code == ENOTDIR ? .notAFolder : .other
        let words =
            switch code {
            case ENOENT: "no such file"
            case EACCES: "permission denied"
            case ENOTDIR: "not a folder"
            case ELOOP: "too many symbolic links"
            case EMFILE, ENFILE: "too many open files"
            case EIO: "input/output error"
            default: "error \(code)"
            }
        reason = "cannot be read (\(words))"
    }
}
