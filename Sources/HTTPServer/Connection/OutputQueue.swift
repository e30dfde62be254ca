internal import CLinux
internal import Glibc

/// What a connection could not send yet. Small pieces are joined; large ones are kept as they are, without a copy.
struct OutputQueue {
    static let joinLimit = 16 * 1024

    private var chunks: [[UInt8]] = []
    /// Bytes of the first chunk that are sent.
    private var sent = 0
    /// Whether the last chunk was made here and may grow.
    private var isOpen = false
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Adds bytes that are about to change hands: copied.
    mutating func append(copying bytes: UnsafeRawBufferPointer) {
        guard !bytes.isEmpty else { return }
        if !isOpen || chunks[chunks.count - 1].count + bytes.count > Self.joinLimit {
            chunks.append([])
            isOpen = true
        }
        chunks[chunks.count - 1].append(contentsOf: bytes)
        count += bytes.count
    }

    /// Adds an array: shared when it is large.
    mutating func append(_ bytes: [UInt8]) {
        if bytes.count < Self.joinLimit {
            bytes.withUnsafeBytes { append(copying: $0) }
        } else {
            chunks.append(bytes)
            isOpen = false
            count += bytes.count
        }
    }

    /// Forgets the first `bytes` bytes, which are sent.
    mutating func drop(_ bytes: Int) {
        count -= bytes
        var rest = bytes
        var gone = 0
        while rest > 0, gone < chunks.count {
            let left = chunks[gone].count - sent
            if rest < left {
                sent += rest
                break
            }
            rest -= left
            sent = 0
            gone += 1
        }
        chunks.removeFirst(gone)
        if chunks.isEmpty {
            chunks = []
            isOpen = false
        }
    }

    mutating func removeAll() { self = OutputQueue() }

    /// Lends up to `limit` parts with up to `bytes` bytes, first to last, to one gathering write.
    func withParts<T>(
        _ limit: Int, bytes: Int = .max, _ body: (UnsafeMutableBufferPointer<iovec>) -> T
    ) -> T {
        withUnsafeTemporaryAllocation(of: iovec.self, capacity: limit) { parts in
            gather(0, min(limit, chunks.count), bytes, parts, body)
        }
    }

    private func gather<T>(
        _ index: Int, _ end: Int, _ left: Int, _ parts: UnsafeMutableBufferPointer<iovec>,
        _ body: (UnsafeMutableBufferPointer<iovec>) -> T
    ) -> T {
        guard index < end, left > 0 else { return body(UnsafeMutableBufferPointer(rebasing: parts[..<index])) }
        return chunks[index].withUnsafeBytes { bytes in
            let skipped = index == 0 ? sent : 0
            let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress.map { $0 + skipped })
            let length = min(bytes.count - skipped, left)
            parts[index] = iovec(iov_base: start, iov_len: length)
            return gather(index + 1, end, left - length, parts, body)
        }
    }
}
