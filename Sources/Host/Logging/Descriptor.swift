import Glibc

/// Writing to a file descriptor.
enum Descriptor {
    /// Writes all bytes, with one write(2) unless the kernel takes fewer. Blocks while the reader is slow.
    ///
    /// - Returns: False when the descriptor refuses them: closed, or nobody reads.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var start = 0
        while start < bytes.count {
            // Safe: write(2) reads the slice's own bytes, as many as it has, and keeps no pointer.
            let written = unsafe bytes[start...].withUnsafeBytes { slice in
                unsafe Glibc.write(descriptor, slice.baseAddress, slice.count)
            }
            if written > 0 {
                start += written
            } else if written < 0, errno == EAGAIN {
                var ready = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                // Safe: poll(2) writes one pollfd, into a local variable of exactly that type, before the call returns.
                _ = unsafe poll(&ready, 1, -1)
            } else if written == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }
}
