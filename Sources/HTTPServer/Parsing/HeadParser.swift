/// Parses a complete head (which ends in an empty line and holds no LF without CR) in place.
///
/// Every scan below stops at CR at the latest, and CR LF CR LF ends the bytes, so the index never runs past the end; the
/// span checks it all the same.
struct HeadParser: ~Copyable {
    var head: RequestHead
    let limits: RequestLimits
    var hostCount = 0
    var codings = TransferCodings()
    var connectionClose = false
    var connectionKeepAlive = false

    static func parse(_ bytes: consuming [UInt8], limits: RequestLimits) throws(HTTPFault) -> RequestHead {
        var bytes = bytes
        var parser = HeadParser(head: RequestHead(bytes: []), limits: limits)
        parser.head.fields.reserveCapacity(12)
        do {
            var span = bytes.mutableSpan
            var index = try parser.requestLine(&span)
            while span[index] != UInt8(ascii: "\r") { index = try parser.field(&span, index) }
            guard index + 2 == span.count else { throw HTTPFault.bareLineBreak }
            try parser.finish()
        }
        parser.head.bytes = bytes
        // Exchanged, so that it moves out and is not copied.
        var head = RequestHead(bytes: [])
        swap(&head, &parser.head)
        return head
    }

    /// Reads `method SP target SP version CRLF` and returns the index after it.
    private mutating func requestLine(_ bytes: inout MutableSpan<UInt8>) throws(HTTPFault) -> Int {
        var index = 0
        while ByteClass.isToken(bytes[index]) { index &+= 1 }
        guard index > 0, bytes[index] == 0x20 else { throw .malformedRequestLine }
        head.methodRange = 0..<index
        head.method = Method(bytes, count: index)
        index = try target(&bytes, from: index + 1)
        guard bytes[index] == 0x20, index + 10 < bytes.count else { throw .malformedRequestLine }
        let name: StaticString = "HTTP/"
        for offset in 0..<5 where bytes[index + 1 + offset] != name.utf8Start[offset] { throw .malformedRequestLine }
        let (major, minor) = (bytes[index + 6], bytes[index + 8])
        guard ByteClass.isDigit(major), bytes[index + 7] == UInt8(ascii: "."), ByteClass.isDigit(minor),
            bytes[index + 9] == UInt8(ascii: "\r"), bytes[index + 10] == UInt8(ascii: "\n")
        else { throw .malformedRequestLine }
        guard major == UInt8(ascii: "1") else { throw .unsupportedVersion }
        head.version = minor == UInt8(ascii: "0") ? .http10 : .http11
        if head.method == .connect { throw .unsupportedMethod }
        return index + 11
    }

    /// Reads one field line and returns the index after it.
    private mutating func field(_ bytes: inout MutableSpan<UInt8>, _ start: Int) throws(HTTPFault) -> Int {
        if ByteClass.isBlank(bytes[start]) { throw .obsoleteFolding }
        var index = start
        while ByteClass.isToken(bytes[index]) {
            bytes[index] = ByteClass.lowercased(bytes[index])
            index &+= 1
        }
        let nameCount = index - start
        guard nameCount > 0, bytes[index] == UInt8(ascii: ":") else { throw .malformedField }
        index &+= 1
        while ByteClass.isBlank(bytes[index]) { index &+= 1 }
        let valueStart = index
        index = ByteClass.endOfFieldValue(bytes.bytes, from: index)
        guard bytes[index] == UInt8(ascii: "\r") else { throw .malformedField }
        guard bytes[index + 1] == UInt8(ascii: "\n") else { throw .bareLineBreak }
        var valueEnd = index
        while valueEnd > valueStart, ByteClass.isBlank(bytes[valueEnd - 1]) { valueEnd &-= 1 }
        guard head.fields.count < limits.fieldCount else { throw .fieldsTooLarge }
        head.names.insert(first: bytes[start], last: bytes[start + nameCount - 1], count: nameCount)
        head.fields.append(
            RequestHead.Field(
                nameStart: UInt16(truncatingIfNeeded: start), nameCount: UInt16(truncatingIfNeeded: nameCount),
                valueStart: UInt16(truncatingIfNeeded: valueStart),
                valueCount: UInt16(truncatingIfNeeded: valueEnd - valueStart)))
        try interpret(&bytes, name: start..<start + nameCount, value: valueStart..<valueEnd)
        return index + 2
    }
}
