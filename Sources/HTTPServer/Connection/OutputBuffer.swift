/// Bytes on their way out: appended to, sent in one write, emptied. One per loop.
final class OutputBuffer {
    private let initialCapacity: Int
    private var storage: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(capacity: Int) {
        initialCapacity = capacity
        storage = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { storage.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: storage[..<count]) }

    /// Empties it, and gives back what an unusually large head has taken.
    func reset() {
        count = 0
        if storage.count > initialCapacity * 4 {
            storage.deallocate()
            storage = .allocate(byteCount: initialCapacity, alignment: 16)
        }
    }

    @inline(__always)
    private func room(_ more: Int) -> UnsafeMutableRawPointer {
        if storage.count - count < more { grow(more) }
        // The storage is never empty: it has at least `more` bytes left after `count`.
        return storage.baseAddress.unsafelyUnwrapped + count
    }

    @inline(never)
    private func grow(_ more: Int) {
        let larger = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(storage.count * 2, count + more, 64), alignment: 16)
        larger.copyMemory(from: bytes)
        storage.deallocate()
        storage = larger
    }

    @inline(__always)
    func append(_ text: StaticString) {
        let length = text.utf8CodeUnitCount
        room(length).copyMemory(from: text.utf8Start, byteCount: length)
        count += length
    }

    @inline(__always)
    func append(_ bytes: [UInt8]) {
        let length = bytes.count
        guard length > 0 else { return }
        let target = room(length)
        bytes.withUnsafeBytes { if let base = $0.baseAddress { target.copyMemory(from: base, byteCount: length) } }
        count += length
    }

    func append(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        room(bytes.count).copyMemory(from: base, byteCount: bytes.count)
        count += bytes.count
    }

    @inline(__always)
    func append(byte: UInt8) {
        room(1).storeBytes(of: byte, as: UInt8.self)
        count += 1
    }

    /// A number, in decimal.
    func append(decimal value: Int) {
        let start = room(LineWriter.longestNumber)
        var writer = LineWriter(target: start)
        writer.write(decimal: Int64(value))
        count += start.distance(to: writer.target)
    }
}
