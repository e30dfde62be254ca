/// Base64 in lines (RFC 2045 §6.8).
enum MailBase64 {
    /// - Parameter lineLength: characters of a line, each ended with CR LF; `.max` writes one line without an end.
    static func encode(_ source: [UInt8], into bytes: inout [UInt8], lineLength: Int = 76) {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        bytes.reserveCapacity(bytes.count + source.count / 3 * 4 + source.count / 57 * 2 + 8)
        var column = 0
        var at = 0
        while at < source.count {
            let count = min(3, source.count - at)
            var group = UInt32(source[at]) << 16
            if count > 1 { group |= UInt32(source[at + 1]) << 8 }
            if count > 2 { group |= UInt32(source[at + 2]) }
            for index in 0..<4 {
                bytes.append(index <= count ? letters[Int(group >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
            }
            at += 3
            column += 4
            if column >= lineLength || (at >= source.count && lineLength < .max) {
                bytes += [0x0D, 0x0A]
                column = 0
            }
        }
    }
}
