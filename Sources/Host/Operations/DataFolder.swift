import Glibc

/// The folders and the key file that the host makes for itself.
enum DataFolder {
    /// Makes a folder that only this user may enter, and the folders above it.
    ///
    /// - Throws: ``StartFailure`` when it cannot be made.
    static func make(_ path: String) throws(StartFailure) {
        var sofar = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            sofar += "/" + part
            // The path is passed as a C string that lives for the call.
            if unsafe mkdir(sofar, 0o700) != 0, errno != EEXIST {
                throw StartFailure("cannot make the folder \(sofar): error \(errno)")
            }
        }
    }

    /// The path with a slash in front, as the database needs it.
    static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        // The C library allocates the text, which is ours to free.
        guard let here = unsafe getcwd(nil, 0) else { return path }
        defer { unsafe free(here) }
        let folder = unsafe String(cString: here)
        return folder + "/" + (path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
    }

    /// Writes a new file that only this user may read. An existing one is left as it is.
    ///
    /// - Throws: ``StartFailure`` when it cannot be written.
    static func write(_ text: String, toNewFile path: String) throws(StartFailure) {
        // The path is passed as a C string that lives for the call.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return }
            throw StartFailure("cannot make the file \(path): error \(errno)")
        }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        // The buffer is valid for the length of the call, and its count is passed.
        let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(descriptor) == 0 else {
            throw StartFailure("cannot write the file \(path): error \(errno)")
        }
    }
}
