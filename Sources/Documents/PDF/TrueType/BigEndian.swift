/// Numbers in the bytes of a font, highest byte first; outside the bytes there is nothing to read.
struct BigEndian {
    let bytes: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    var count: Int { bytes.count }

    func byte(_ at: Int) throws(TrueTypeFont.Unreadable) -> Int {
        guard at >= 0, at < bytes.count else { throw TrueTypeFont.Unreadable(reason: "ends too soon") }
        return Int(bytes[bytes.startIndex + at])
    }

    func u16(_ at: Int) throws(TrueTypeFont.Unreadable) -> Int { try byte(at) << 8 | byte(at + 1) }

    func i16(_ at: Int) throws(TrueTypeFont.Unreadable) -> Int { Int(Int16(truncatingIfNeeded: try u16(at))) }

    func u32(_ at: Int) throws(TrueTypeFont.Unreadable) -> Int { try u16(at) << 16 | u16(at + 2) }

    func slice(_ at: Int, _ count: Int) throws(TrueTypeFont.Unreadable) -> ArraySlice<UInt8> {
        guard at >= 0, count >= 0, at <= bytes.count, count <= bytes.count - at else {
            throw TrueTypeFont.Unreadable(reason: "ends too soon")
        }
        return bytes[(bytes.startIndex + at)..<(bytes.startIndex + at + count)]
    }
}

extension [UInt8] {
    mutating func append16(_ value: Int) {
        append(UInt8(truncatingIfNeeded: value >> 8))
        append(UInt8(truncatingIfNeeded: value))
    }

    mutating func append32(_ value: Int) {
        append16(value >> 16)
        append16(value)
    }
}
