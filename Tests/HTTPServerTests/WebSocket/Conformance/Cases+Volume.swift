import WebSocketClient

extension ConformanceCase {
    private static let mebibyte = 1 << 20
    private static let textPattern = Array("BAsd7&jh23".utf8)
    private static let binaryPattern: [UInt8] = [0x00, 0xfe, 0x23, 0xfa, 0xf0]

    private static func filled(_ pattern: [UInt8], _ count: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + pattern.count)
        while bytes.count < count { bytes += pattern }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    private static func message(_ opcode: UInt8, _ bytes: [UInt8]) -> WebSocketClient.Event {
        opcode == Frame.text ? .text(String(decoding: bytes, as: UTF8.self)) : .binary(bytes)
    }

    /// A message in frames of a size.
    private static func inFrames(_ number: String, _ opcode: UInt8, _ bytes: [UInt8], of size: Int) -> ConformanceCase {
        var wire: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            let end = min(start + size, bytes.count)
            wire +=
                Frame(
                    start == 0 ? opcode : Frame.continuation, Array(bytes[start..<end]), isFinal: end == bytes.count
                ).bytes
        }
        return ConformanceCase(number, [.bytes(wire)], answers: [message(opcode, bytes)], .normal)
    }

    /// 9.1 to 9.6: large messages, whole, in fragments, and in small writes.
    ///
    /// Made when they are asked for, since they take much memory.
    static func volume(_ number: String) -> ConformanceCase? {
        let parts = number.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 3, parts[0] == 9 else { return nil }
        let (group, index) = (parts[1], parts[2])
        let opcode = group % 2 == 1 ? Frame.text : Frame.binary
        let pattern = group % 2 == 1 ? textPattern : binaryPattern
        switch group {
        case 1, 2:
            let kibibytes = [64, 256, 1024, 4096, 8192, 16_384]
            let bytes = filled(pattern, kibibytes[index - 1] * 1024)
            return ConformanceCase(
                number, [.frame(Frame(opcode, bytes))], answers: [message(opcode, bytes)], .normal)
        case 3, 4:
            let sizes = [64, 256, 1024, 4096, 16_384, 65_536, 262_144, mebibyte, 4 * mebibyte]
            let bytes = [UInt8](repeating: group == 3 ? 0x2a : 0xfe, count: 4 * mebibyte)
            return inFrames(number, opcode, bytes, of: sizes[index - 1])
        case 5, 6:
            let bytes = filled(pattern, mebibyte)
            return ConformanceCase(
                number, [.frame(Frame(opcode, bytes), chop: 64 << (index - 1))], answers: [message(opcode, bytes)],
                .normal)
        default: return nil
        }
    }

    static let volumes: [String] =
        (1...6).flatMap { group in (1...(group == 3 || group == 4 ? 9 : 6)).map { "9.\(group).\($0)" } }

    /// 9.7 and 9.8: a thousand messages, one after the other.
    static let roundTrips: [ConformanceCase] = (7...8).flatMap { group in
        [0, 16, 64, 256, 1024, 4096].enumerated().map { index, length in
            let opcode = group == 7 ? Frame.text : Frame.binary
            let bytes = [UInt8](repeating: group == 7 ? 0x2a : 0xfe, count: length)
            let trip: [Step] = [.frame(Frame(opcode, bytes)), .expect(message(opcode, bytes))]
            return ConformanceCase("9.\(group).\(index + 1)", (0..<1000).flatMap { _ in trip }, .normal)
        }
    }

    /// 10.1.1: a message that is cut into frames by the sender.
    static let autoFragments = inFrames("10.1.1", Frame.text, [UInt8](repeating: 0x2a, count: 65_536), of: 1300)
}
