import Crypto
import PluginAPI

/// What a password must be (contract §3, seed 004). Passwords are taken exactly as they are given, never trimmed.
enum PasswordPolicy {
    /// The least characters.
    static let shortest = 8

    /// What is wrong with a password, each thing once, as mistakes about a field; empty when nothing is.
    ///
    /// - Parameters:
    ///   - owner: the e-mail address and user name of the account, which a password must not be.
    ///   - portal: the words of its portal (``PortalWords``), which it must not be either, dressed up or not.
    static func mistakes(
        _ password: String, field: String, owner: [String], portal: Set<Substring>
    ) -> [Mistake] {
        var mistakes: [Mistake] = []
        func refuse(_ code: Mistake.Code, _ message: String) {
            mistakes.append(Mistake(field: field, code, message))
        }
        if password.count < shortest { refuse(.format, "must have at least \(shortest) characters") }
        if password.utf8.count > Bcrypt.longestPassword {
            refuse(.tooLong, "must have at most \(Bcrypt.longestPassword) bytes")
        }
        if password.utf8.contains(0) { refuse(.notAllowed, "must not contain a NUL character") }
        let missing = missingKinds(password)
        if !missing.isEmpty { refuse(.format, "must also contain \(missing.joined(separator: ", "))") }
        if isName(password, of: owner) { refuse(.notAllowed, "must not be the account's own name or address") }
        if CommonPasswords.contains(password, or: portal) {
            refuse(.notAllowed, "is one of the passwords that are guessed first")
        }
        return mistakes
    }

    /// The kinds of characters that a password lacks. What is no letter and no digit is special, in every script.
    private static func missingKinds(_ password: String) -> [String] {
        var missing: [String] = []
        if !password.contains(where: \.isUppercase) { missing.append("an upper-case letter") }
        if !password.contains(where: \.isLowercase) { missing.append("a lower-case letter") }
        if !password.contains(where: { $0.isNumber }) { missing.append("a digit") }
        if !password.contains(where: { !$0.isLetter && !$0.isNumber }) { missing.append("a special character") }
        return missing
    }

    private static func isName(_ password: String, of owner: [String]) -> Bool {
        let plain = password.lowercased()
        return owner.contains { name in
            let name = name.lowercased()
            return plain == name || plain == name.prefix { $0 != "@" }
        }
    }
}
