import Glibc

/// A pipe whose reading end a test looks into.
struct Pipe: Sendable {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        // A pair of sockets, because they can be made closed on exec from the start: a program that another test starts
        // at this moment would otherwise keep the writing end open.
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        // Safe: socketpair(2) writes two descriptors into an array of two.
        guard unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw NoPipe() }
        reading = ends[0]
        writing = ends[1]
    }

    struct NoPipe: Error {}

    /// Everything until the writing end is closed; blocks until then.
    func readToEnd() -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            // Safe: read(2) writes at most as many bytes as the buffer has.
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(reading, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            all += buffer[0..<count]
        }
        _ = close(reading)
        return all
    }

    func closeWriting() { _ = close(writing) }
}
