import Glibc

/// A file on the disk. Everything here blocks.
final class DiskFile: Sendable {
    private let descriptor: Int32

    /// Makes a new file that only this user may read; an existing one is an error.
    init(creating path: String) throws(DiskFailure) {
        // Safe: the path is a null-terminated copy that lives through the call.
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw DiskFailure("open") }
    }

    /// Opens a file to be read.
    init(reading path: String) throws(DiskFailure) {
        // Safe: the path is a null-terminated copy that lives through the call.
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { throw DiskFailure("open") }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Bytes it has.
    func size() throws(DiskFailure) -> Int {
        var status = stat()
        // Safe: the kernel writes one `stat` into a local variable of exactly that type before the call returns.
        guard unsafe fstat(descriptor, &status) == 0 else { throw DiskFailure("fstat") }
        return Int(status.st_size)
    }

    /// Writes all bytes at an offset.
    func write(_ bytes: [UInt8], at offset: Int) throws(DiskFailure) {
        var written = 0
        while written < bytes.count {
            // Safe: the buffer is used only inside the closure, and ends where the array does.
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[written...])
                return unsafe pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + written))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw DiskFailure("pwrite", count < 0 ? errno : ENOSPC) }
            written += count
        }
    }

    /// Reads so many bytes from an offset, fewer at the end.
    func read(_ count: Int, at offset: Int) throws(DiskFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            // Safe: the buffer is used only inside the closure, and ends where the array does.
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
                return unsafe pread(descriptor, rest.baseAddress, rest.count, off_t(offset + filled))
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw DiskFailure("pread") }
            if got == 0 { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }

    /// Returns when the bytes are on the disk.
    func sync() throws(DiskFailure) {
        guard fdatasync(descriptor) == 0 else { throw DiskFailure("fdatasync") }
    }

    /// Removes a file; one that is not there is no error.
    static func remove(_ path: String) throws(DiskFailure) {
        // Safe: the path is a null-terminated copy that lives through the call.
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw DiskFailure("unlink") }
    }

    /// Makes a folder that only this user may enter, on the disk when this returns; one that is there is no error.
    static func makeFolder(_ path: String, in parent: String) throws(DiskFailure) {
        // Safe: the path is a null-terminated copy that lives through the call.
        guard unsafe mkdir(path, 0o700) != 0 else { return try syncFolder(parent) }
        guard errno == EEXIST else { throw DiskFailure("mkdir") }
    }

    /// Returns when the names in a folder are on the disk.
    static func syncFolder(_ path: String) throws(DiskFailure) {
        // Safe: the path is a null-terminated copy that lives through the call.
        let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw DiskFailure("open") }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw DiskFailure("fsync") }
    }
}
