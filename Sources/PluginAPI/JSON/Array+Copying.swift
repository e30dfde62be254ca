extension [UInt8] {
    /// Appends a copy of other bytes, as one copy of memory. Unlike `append(contentsOf:)` of a text it touches no reference
    /// count.
    @inline(__always)
    mutating func append(copying other: borrowing Span<UInt8>) {
        let size = other.count
        append(addingCapacity: size) { out in
            // There is room for `size` bytes, and as many are copied.
            unsafe out.withUnsafeMutableBufferPointer { buffer, count in
                unsafe Self.copy(other, to: buffer, at: count)
                count += size
            }
        }
    }

    /// Appends a copy of other bytes between quotes.
    @inline(__always)
    mutating func append(quoting other: borrowing Span<UInt8>) {
        let size = other.count + 2
        append(addingCapacity: size) { out in
            // There is room for `size` bytes: those of the other, and two quotes.
            unsafe out.withUnsafeMutableBufferPointer { buffer, count in
                unsafe buffer[count] = UInt8(ascii: "\"")
                unsafe Self.copy(other, to: buffer, at: count + 1)
                unsafe buffer[count + size - 1] = UInt8(ascii: "\"")
                count += size
            }
        }
    }

    @inline(__always)
    private static func copy(
        _ other: borrowing Span<UInt8>, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int
    ) {
        unsafe other.withUnsafeBytes { source in
            guard let target = buffer.baseAddress, let from = source.baseAddress else { return }
            unsafe UnsafeMutableRawPointer(target + start).copyMemory(from: from, byteCount: source.count)
        }
    }
}
