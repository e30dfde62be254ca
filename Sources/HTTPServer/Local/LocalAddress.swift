internal import Glibc

/// The address of a socket in the file system.
enum LocalAddress {
    /// Lends the kernel's structure of a path. One that is too long for it (107 bytes) is reached through its opened folder.
    ///
    /// - Returns: what the closure returns; false, with `errno`, when the folder cannot be opened.
    static func with(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Bool) -> Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path) - 1
        var text = path
        var folder: Int32 = -1
        if path.utf8.count > room, let slash = path.lastIndex(of: "/") {
            folder = open(String(path[..<slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { return false }
            text = "/proc/self/fd/\(folder)" + path[slash...]
        }
        defer { if folder >= 0 { close(folder) } }
        guard text.utf8.count <= room else {
            errno = ENAMETOOLONG
            return false
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: text.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
