extension [UInt8] {
    /// Appends a copy of other bytes, as one copy of memory. Unlike `append(contentsOf:)` of a text it touches no reference
    /// count.
    @inline(__always)
    mutating func append(copying other: borrowing Span<UInt8>) {
        // The pointer does not leave the call, which copies as many bytes as the span has.
        unsafe other.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
