/// Makes the bytes of a TZif file (RFC 9636), right or wrong ones.
struct TZifFile {
    var version: UInt8 = UInt8(ascii: "4")
    var transitions: [(time: Int64, type: UInt8)] = []
    var types: [(offset: Int32, isDaylight: UInt8, abbreviation: UInt8)] = [(0, 0, 0)]
    var abbreviations: [UInt8] = Array("UTC\0".utf8)
    var leapSeconds: UInt32 = 0
    var footer = ""

    /// A zone that has only a footer.
    static func footer(_ text: String) -> TZifFile { TZifFile(footer: text) }

    var bytes: [UInt8] {
        guard version != 0 else { return block(width: 4) }
        // The 32-bit data of a file like this may be a bare minimum; readers pass over it.
        let old = TZifFile(version: version).block(width: 4)
        return old + block(width: 8) + [10] + Array(footer.utf8) + [10]
    }

    private func block(width: Int) -> [UInt8] {
        var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
        for count in [
            0, 0, leapSeconds, UInt32(transitions.count), UInt32(types.count), UInt32(abbreviations.count),
        ] {
            bytes += Self.big(Int64(count), width: 4)
        }
        for transition in transitions { bytes += Self.big(transition.time, width: width) }
        bytes += transitions.map(\.type)
        for type in types { bytes += Self.big(Int64(type.offset), width: 4) + [type.isDaylight, type.abbreviation] }
        bytes += abbreviations
        return bytes + [UInt8](repeating: 0, count: Int(leapSeconds) * (width + 4))
    }

    private static func big(_ value: Int64, width: Int) -> [UInt8] {
        (0..<width).reversed().map { UInt8(truncatingIfNeeded: value >> Int64($0 * 8)) }
    }
}
