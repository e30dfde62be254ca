import Documents

/// A message with whom it is from and to, as the server is told.
struct SMTPEnvelope: Sendable {
    let from: MailAddress
    let to: MailAddress
    /// Lines that end in CR LF.
    let content: [UInt8]

    /// `MAIL FROM` with what the server can do and this message needs.
    func mailCommand(_ extensions: SMTPExtensions) throws(SMTPFault) -> String {
        if let limit = extensions.sizeLimit, content.count > limit { throw .tooLarge(limit: limit) }
        var command = "MAIL FROM:<\(from.email)>"
        if extensions.hasSize { command += " SIZE=\(content.count)" }
        let isInternational = !from.isASCII || !to.isASCII
        let hasHighBytes = content.contains { $0 >= 0x80 }
        if isInternational || hasHighBytes {
            guard extensions.hasUTF8 else { throw .notInternational }
            command += (extensions.has8BitMIME ? " BODY=8BITMIME" : "") + " SMTPUTF8"
        }
        return command
    }

    /// The content as it goes on the wire: no line of it is the point that ends it (RFC 5321 §4.5.2).
    var transparent: [UInt8] {
        let point = UInt8(ascii: ".")
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + content.count / 50 + 5)
        var startsLine = true
        for byte in content {
            if startsLine, byte == point { bytes.append(point) }
            bytes.append(byte)
            startsLine = byte == 0x0A
        }
        if !startsLine { bytes += [0x0D, 0x0A] }
        return bytes + [point, 0x0D, 0x0A]
    }
}
