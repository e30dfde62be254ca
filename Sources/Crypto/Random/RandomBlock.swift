internal import COpenSSL

/// Random bytes drawn 4 KiB at a time. What was handed out is wiped, so the block never tells earlier values.
struct RandomBlock: ~Copyable {
    private static let size = 4096
    private let memory = UnsafeMutableRawPointer.allocate(byteCount: RandomBlock.size, alignment: 16)
    private var used = RandomBlock.size

    deinit {
        OPENSSL_cleanse(memory, RandomBlock.size)
        memory.deallocate()
    }

    /// Writes `count` random bytes to `target`; many are drawn for themselves.
    mutating func fill(_ target: UnsafeMutableRawPointer, count: Int) {
        guard count <= 256 else {
            RandomBlock.draw(target, count: count)
            return
        }
        if RandomBlock.size - used < count {
            RandomBlock.draw(memory, count: RandomBlock.size)
            used = 0
        }
        target.copyMemory(from: memory + used, byteCount: count)
        OPENSSL_cleanse(memory + used, count)
        used += count
    }

    private static func draw(_ target: UnsafeMutableRawPointer, count: Int) {
        let bytes = target.assumingMemoryBound(to: UInt8.self)
        OpenSSL.require(RAND_bytes_ex(nil, bytes, count, 0) == 1, "RAND_bytes_ex")
    }
}
