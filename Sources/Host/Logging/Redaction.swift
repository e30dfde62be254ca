/// Which facts never reach the log, by their names. The second line of defence: the first is not to log them.
enum Redaction {
    /// What stands in the place of a concealed value.
    static let mark = "<redacted>"

    /// Conceals a name that contains one of these anywhere, whatever its case, `_` and `-`.
    private static let parts = [
        "password", "passwd", "passphrase", "secret", "token", "authorization", "authentication", "cookie",
        "credential",
        "phone", "msisdn", "email", "apikey", "privatekey", "masterkey", "signingkey", "datakey", "firstname",
        "lastname",
        "fullname", "birth", "address", "iban", "cardnumber", "recoverycode",
    ]
    /// Conceals a name that has one of these as a word: `otp`, `smsCode`, `pin_hash`.
    private static let words: Set<String> = ["code", "codes", "otp", "totp", "pin", "pwd", "jwt", "mail", "ssn", "cvv"]
    /// Codes that are no secrets.
    private static let plainCodes: Set<String> = ["statuscode", "errorcode", "exitcode", "problemcode", "closecode"]

    /// Whether the value under a name is concealed.
    static func conceals(_ name: String) -> Bool {
        var joined = ""
        var all: [String] = []
        var word = ""
        var wasLower = false
        for character in name {
            guard character.isLetter || character.isNumber else {
                all.append(word)
                word = ""
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower {
                all.append(word)
                word = ""
            }
            wasLower = !character.isUppercase
            word += character.lowercased()
            joined += character.lowercased()
        }
        all.append(word)
        if plainCodes.contains(joined) { return false }
        return all.contains(where: words.contains) || parts.contains { joined.contains($0) }
    }
}
