extension TOTP {
    /// The secret in base32 without padding, for people who type it.
    public var secretText: String { secret.withBytes { Base32.encode($0) } }

    /// The enrolment URI in the Key URI format of Google Authenticator, usually shown as a QR code. It holds the secret.
    /// - Parameters:
    ///   - issuer: Who asks for the code. Colons are left out, since they separate issuer and account.
    ///   - account: Whose code it is; colons are left out.
    public func uri(issuer: String, account: String) -> String {
        let issuer = Self.escape(issuer)
        return "otpauth://totp/\(issuer):\(Self.escape(account))?secret=\(secretText)&issuer=\(issuer)"
            + "&algorithm=\(algorithm.rawValue)&digits=\(digits)&period=\(period)"
    }

    /// Percent-encodes all but the unreserved characters (RFC 3986 §2.3).
    private static func escape(_ text: String) -> String {
        var escaped: [UInt8] = []
        for byte in text.utf8 where byte != UInt8(ascii: ":") {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                escaped.append(byte)
            default:
                escaped.append(UInt8(ascii: "%"))
                escaped.append(contentsOf: Hex.encode([byte]).uppercased().utf8)
            }
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}
