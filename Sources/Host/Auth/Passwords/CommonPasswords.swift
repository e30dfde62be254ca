/// Passwords that everybody guesses first.
enum CommonPasswords {
    private static let words = Set(list.split { $0 == " " || $0 == "\n" })

    /// Whether a password is one of them, or one of them dressed up to pass rules about characters: in other case, with
    /// digits and signs around it (`Summer2025!`), or with signs in the place of letters (`P@ssw0rd!`).
    static func contains(_ password: String) -> Bool {
        let plain = password.lowercased()[...]
        return [plain, core(plain), undisguised(plain), undisguised(core(plain)), core(undisguised(plain))]
            .contains(where: words.contains)
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
