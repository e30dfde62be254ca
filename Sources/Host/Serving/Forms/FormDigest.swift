import Crypto

/// A digest of what a form says: the same for two requests that differ only in their boundary.
struct FormDigest: ~Copyable {
    private var digest = SHA256()
    private var size: UInt64 = 0

    /// A part begins. What is absent differs from what is empty.
    mutating func begin(_ name: String, _ fileName: String?, _ mediaType: String?) {
        size = 0
        for text in [name, fileName, mediaType] {
            add(number: text.map { UInt64($0.utf8.count) } ?? .max)
            digest.update(Array((text ?? "").utf8))
        }
    }

    mutating func add(_ bytes: [UInt8]) {
        size += UInt64(bytes.count)
        digest.update(bytes)
    }

    /// A part ends; its length keeps its end from being moved.
    mutating func end() { add(number: size) }

    private mutating func add(number: UInt64) {
        digest.update((0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) })
    }

    /// Of everything so far.
    var value: [UInt8] { digest.copy().finish().bytes }
}
