/// Passwords that everybody guesses first.
enum CommonPasswords {
    private static let words = Set(list.split { $0 == " " || $0 == "\n" })

    /// How many there are.
    static var count: Int { words.count }

    /// Whether a password is one of them, or one of them dressed up to pass rules about characters: in other case, with
    /// digits and signs around it (`Summer2025!`), or with signs in the place of letters (`P@ssw0rd!`).
    ///
    /// - Parameter more: further words to be treated alike, in lower case, without signs between their letters.
    static func contains(_ password: String, or more: Set<Substring> = []) -> Bool {
        let plain = password.lowercased()[...]
        let forms = [plain, core(plain), undisguised(plain), undisguised(core(plain)), core(undisguised(plain))]
        return forms.contains {
            words.contains($0) || more.contains(Substring($0.filter { $0.isLetter || $0.isNumber }))
        }
    }

    /// Without what surrounds the letters.
    private static func core(_ text: Substring) -> Substring {
        let start = text.drop { !$0.isLetter }
        guard let end = start.lastIndex(where: \.isLetter) else { return "" }
        return start[...end]
    }

    private static func undisguised(_ text: Substring) -> Substring {
        Substring(text.map { disguises[$0] ?? $0 })
    }

    private static let disguises: [Character: Character] = [
        "@": "a", "4": "a", "8": "b", "3": "e", "1": "i", "!": "i", "0": "o", "$": "s", "5": "s", "7": "t",
    ]
}
