import Glibc

/// Reading the files of the zone database: this module's only way to the file system.
enum SystemFile {
    /// The first `limit` bytes of the regular file at `path`; nil if there is none or it cannot be read.
    static func contents(_ path: String, limit: Int) -> [UInt8]? {
        // Safe: the path is a null-terminated copy that lives through the call. O_NONBLOCK: a pipe must not make us
        // wait.
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        // Safe: the kernel writes one `stat` into a local variable of exactly that type before the call returns.
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes = [UInt8](repeating: 0, count: min(limit, Int(status.st_size)))
        var count = 0
        while count < bytes.count {
            // Safe: the buffer is used only inside the closure, and the slice's bounds are checked: it ends where the
            // array does.
            let read = unsafe bytes.withUnsafeMutableBytes { buffer in
                let free = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
                return unsafe Glibc.read(file, free.baseAddress, free.count)
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { return nil }
            if read == 0 { break }
            count += read
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// The names in the directory at `path`, without those that begin with a point; nil if it is no directory.
    static func names(inDirectory path: String, limit: Int) -> [String]? {
        // Safe: the path is a null-terminated copy that lives through the call.
        guard let directory = unsafe opendir(path) else { return nil }
        // Safe: `directory` is open, and nothing uses it after this.
        defer { unsafe closedir(directory) }
        guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return nil }
        var names: [String] = []
        // Safe: `directory` is open and used by this thread alone; an entry stays valid until the next call, and we
        // copy its name before.
        while names.count < limit, let entry = unsafe readdir(directory) {
            // Safe: `d_name` is null-terminated inside the entry. It is reached by its offset, because an entry is
            // shorter than its type.
            let name = unsafe String(
                cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// The value of an environment variable; nil if it is missing or empty.
    static func environment(_ name: String) -> String? {
        // Safe as long as nothing changes the environment meanwhile; this program never does, and the value is copied
        // at once.
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
