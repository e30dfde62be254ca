/// What a mail server says it can do (RFC 5321 §4.1.1.1).
struct SMTPExtensions: Sendable, Equatable {
    /// Bytes of the largest message (RFC 1870); nil when it does not say.
    var sizeLimit: Int?
    var hasSize = false
    /// RFC 6152
    var has8BitMIME = false
    /// RFC 6531
    var hasUTF8 = false
    var hasStartTLS = false
    /// How one may sign in, in upper case.
    var mechanisms: Set<String> = []

    /// None.
    init() {}

    /// From the answer to EHLO; its first line is the server's name.
    init(_ reply: SMTPReply) {
        for line in reply.lines.dropFirst() {
            let words = line.uppercased().split(whereSeparator: { $0 == " " || $0 == "=" }).map(String.init)
            switch words.first {
            case "SIZE":
                hasSize = true
                // 0 means that there is no fixed limit (RFC 1870 §4).
                sizeLimit = words.dropFirst().first.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
            case "8BITMIME": has8BitMIME = true
            case "SMTPUTF8": hasUTF8 = true
            case "STARTTLS": hasStartTLS = true
            // Some say AUTH=LOGIN, as before the RFC.
            case "AUTH": mechanisms.formUnion(words.dropFirst())
            default: break
            }
        }
    }
}
