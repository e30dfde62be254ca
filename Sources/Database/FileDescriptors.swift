internal import Glibc
internal import StoreAPI

extension DatabaseEngine {
    /// File descriptors the process needs: two for each handle (the file and its log), some for threads that hold one
    /// more handle at the moment of opening, and those left for everything else.
    public static func fileDescriptorBudget(for configuration: DatabaseConfiguration) -> Int {
        let threads =
            configuration.readerSlots + configuration.writerThreads + configuration.openerThreads
            + configuration.longReadThreads
        return 2 * (configuration.handleBudget + 2 * threads) + configuration.otherFileDescriptors
    }
}

/// The process's limit of open files.
enum FileDescriptors {
    /// Raises the soft limit if it is lower.
    ///
    /// - Throws: ``StoreError`` of kind `.misuse` when the hard limit is lower.
    static func raise(to needed: Int) throws(StoreError) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        if limit.rlim_cur >= UInt(needed) { return }
        guard limit.rlim_max >= UInt(needed) else {
            throw StoreError(
                .misuse,
                "\(needed) file descriptors are needed, the system allows \(limit.rlim_max): raise the hard limit "
                    + "(ulimit -Hn, LimitNOFILE=) or lower the handle budget")
        }
        limit.rlim_cur = UInt(needed)
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw StoreError(.misuse, "the limit of file descriptors cannot be raised: error \(errno)")
        }
    }
}
