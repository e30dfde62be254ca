import Glibc

/// A pipe whose reading end a test looks into.
struct Pipe: Sendable {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        // Safe: pipe(2) writes two descriptors into an array of two.
        guard unsafe pipe(&ends) == 0 else { throw NoPipe() }
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
