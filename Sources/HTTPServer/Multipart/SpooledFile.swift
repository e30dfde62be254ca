internal import CLinux
internal import Glibc

/// A temporary file without a name: nobody else can open it, and it is gone when the last reference is, however the program
/// ends.
public final class SpooledFile: Sendable {
    private let descriptor: Int32

    /// What the system refused.
    public struct Failure: Error, Sendable, Hashable, CustomStringConvertible {
        /// The call.
        public let call: String
        /// Its `errno`.
        public let code: Int32

        init(_ call: String, _ code: Int32 = errno) {
            self.call = call
            self.code = code
        }

        /// The call and what the system said.
        public var description: String { "\(call): \(String(cString: strerror(code)))" }
    }

    /// Makes one on the file system of a folder. Blocks.
    public init(in folder: String) throws(Failure) {
        var made = clinux_open_unnamed(folder)
        if made < 0, errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT || errno == EINVAL {
            // A file system that knows no unnamed files: the name is taken away before anything is written.
            var template = Array((folder + "/.upload-XXXXXX").utf8CString)
            made = template.withUnsafeMutableBufferPointer { buffer in
                guard let name = buffer.baseAddress else { return -1 }
                let descriptor = clinux_make_temporary(name)
                if descriptor >= 0, unlink(name) != 0 {
                    close(descriptor)
                    return -1
                }
                return descriptor
            }
        }
        guard made >= 0 else { throw Failure("open") }
        descriptor = made
    }

    deinit { close(descriptor) }

    /// Writes all bytes at an offset. Blocks.
    public func write(_ bytes: [UInt8], at offset: Int) throws(Failure) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(
                    descriptor, UnsafeRawBufferPointer(rebasing: buffer[written...]).baseAddress,
                    buffer.count - written, off_t(offset + written))
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw Failure("pwrite")
            }
            written += count
        }
    }

    /// Reads so many bytes from an offset, fewer at the end. Blocks.
    public func read(_ count: Int, at offset: Int) throws(Failure) -> [UInt8] {
        var failure: Failure?
        let bytes = [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, filled in
            while filled < buffer.count {
                let got = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
                if got == 0 { return }
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = Failure("pread")
                    return
                }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
