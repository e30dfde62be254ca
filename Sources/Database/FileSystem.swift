internal import Glibc
internal import StoreAPI

/// What SQLite does not do itself to files.
enum FileSystem {
    /// Makes an empty file that only this user can read; an existing one is left as it is.
    ///
    /// - Throws: ``StoreError`` of kind `.full` or `.inputOutput`.
    static func make(_ path: String) throws(StoreError) {
        let file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if file < 0 {
            if errno == EEXIST { return }
            throw failure(path)
        }
        close(file)
        try synchronize(folder(of: path))
    }

    /// Waits until a new file and its name are on disk.
    ///
    /// - Throws: ``StoreError`` of kind `.full` or `.inputOutput`.
    static func synchronize(_ path: String) throws(StoreError) {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure(path) }
    }

    /// The folder a file is in.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func failure(_ path: String) -> StoreError {
        let code = errno
        let kind: StoreError.Kind = [ENOSPC, EDQUOT, EFBIG].contains(code) ? .full : .inputOutput
        return StoreError(kind, "\(path): error \(code)")
    }
}
