// The request target (RFC 9112 §3.2) and the authority in it or in Host (RFC 9110 §7.2).
extension HeadParser {
    /// Reads the target from `start` and returns the index of the blank after it.
    mutating func target(_ bytes: inout MutableSpan<UInt8>, from start: Int) throws(HTTPFault) -> Int {
        var index = start
        if bytes[start] == UInt8(ascii: "/") {
            index = try pathAndQuery(&bytes, from: start)
        } else if bytes[start] == UInt8(ascii: "*") {
            guard head.method == .options, bytes[start + 1] == 0x20 else { throw .malformedTarget }
            head.form = .asterisk
            index = start + 1
        } else if head.method != .connect {
            index = try absolute(&bytes, from: start)
        } else {
            while bytes[index] > 0x20, bytes[index] < 0x7f { index &+= 1 }
        }
        guard bytes[index] == 0x20 else { throw .malformedTarget }
        guard index - start <= limits.targetBytes else { throw .targetTooLong }
        return index
    }

    private mutating func pathAndQuery(_ bytes: inout MutableSpan<UInt8>, from start: Int) throws(HTTPFault) -> Int {
        var index = path(&bytes, from: start)
        if bytes[index] == UInt8(ascii: "?") {
            index &+= 1
            let from = index
            while ByteClass.isQuery(bytes[index]) { index &+= 1 }
            head.query = from..<index
        }
        return index
    }

    private mutating func absolute(_ bytes: inout MutableSpan<UInt8>, from start: Int) throws(HTTPFault) -> Int {
        let isSecure = bytes.matches("https://", at: start)
        guard isSecure || bytes.matches("http://", at: start) else { throw .malformedTarget }
        head.form = .absolute
        let from = start + (isSecure ? 8 : 7)
        var index = from
        while ByteClass.isPath(bytes[index]), bytes[index] != UInt8(ascii: "/") { index &+= 1 }
        try authority(&bytes, from..<index)
        index = try pathAndQuery(&bytes, from: index)
        // What a proxy may make of `OPTIONS *` on its way here (RFC 9112 §3.2.4).
        if head.method == .options, head.path.isEmpty, head.query == nil { head.form = .asterisk }
        return index
    }

    /// Checks `host [":" port]`, lower-cases the host in place and keeps both, unless the target gave them already
    /// (an absolute target overrides Host, RFC 9112 §3.2.2).
    mutating func authority(_ bytes: inout MutableSpan<UInt8>, _ range: Range<Int>) throws(HTTPFault) {
        var index = range.lowerBound
        if index < range.upperBound, bytes[index] == UInt8(ascii: "[") {
            index &+= 1
            var colons = 0
            while index < range.upperBound, bytes[index] != UInt8(ascii: "]") {
                let byte = bytes[index]
                guard ByteClass.hexValue(byte) != nil || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".") else {
                    throw .malformedHost
                }
                if byte == UInt8(ascii: ":") { colons += 1 }
                bytes[index] = ByteClass.lowercased(byte)
                index &+= 1
            }
            guard index < range.upperBound, colons >= 2, colons <= 7 else { throw .malformedHost }
            index &+= 1
        } else {
            while index < range.upperBound, ByteClass.isHostName(bytes[index]) {
                bytes[index] = ByteClass.lowercased(bytes[index])
                index &+= 1
            }
        }
        let host = range.lowerBound..<index
        guard !host.isEmpty, host.count <= 255 else { throw .malformedHost }
        var port: Int?
        if index < range.upperBound {
            guard bytes[index] == UInt8(ascii: ":"), range.upperBound - index <= 6 else { throw .malformedHost }
            for at in index + 1..<range.upperBound {
                guard ByteClass.isDigit(bytes[at]) else { throw .malformedHost }
                port = (port ?? 0) * 10 + Int(bytes[at] &- 48)
            }
            guard port ?? 0 <= 65_535 else { throw .malformedHost }
        }
        if head.host == nil {
            head.host = host
            head.port = port.map { UInt16(truncatingIfNeeded: $0) }
        }
    }
}

extension MutableSpan<UInt8> {
    /// Whether `text`, which is lower-case, stands at `start`, in any case.
    func matches(_ text: StaticString, at start: Int) -> Bool {
        guard count - start >= text.utf8CodeUnitCount else { return false }
        for offset in 0..<text.utf8CodeUnitCount
        where ByteClass.lowercased(self[start + offset]) != text.utf8Start[offset] {
            return false
        }
        return true
    }
}
