import PluginAPI
import Testing

@testable import Host

@Suite struct `What a password must be` {
    private static let tenant = Tenant(
        slug: "north-gate", name: "Möller & Sons Clinics", zone: .utc, language: .english, origin: "http://x")

    private func codes(_ password: String, owner: [String] = []) -> [String] {
        PasswordPolicy.mistakes(
            password, field: "newPassword", owner: owner, portal: PortalWords.of(Self.tenant)
        ).map(\.code)
    }

    @Test(arguments: ["Portal#2025demo", "Tr0ub4dor&x", "Größe-und-9", "  Xy4! zz  ", "Correct-Horse-7-Battery"])
    func `takes what has all four kinds of characters`(password: String) { #expect(codes(password) == []) }

    @Test(arguments: [
        ("Xy4!zzq", ["INVALID_NEW_PASSWORD"]), ("xy4!zzqq", ["INVALID_NEW_PASSWORD"]),
        ("XY4!ZZQQ", ["INVALID_NEW_PASSWORD"]), ("Xyy!zzqq", ["INVALID_NEW_PASSWORD"]),
        ("Xy44zzqq", ["INVALID_NEW_PASSWORD"]), ("", ["INVALID_NEW_PASSWORD", "INVALID_NEW_PASSWORD"]),
        ("Xy4!zz\0qq", ["NOT_ALLOWED"]),
    ])
    func `refuses what is short or lacks a kind`(password: String, expected: [String]) {
        #expect(codes(password) == expected)
    }

    @Test func `counts bytes at the upper end, since bcrypt does`() {
        let base = "Xy4!" + String(repeating: "q", count: 67)
        #expect(codes(base + "q") == [])
        #expect(codes(base + "qq") == ["TOO_LONG"])
        #expect(codes(base + "é") == ["TOO_LONG"])
    }

    @Test(arguments: ["Password1!", "P@ssw0rd!", "Summer2025!", "Qwerty123!", "Letm3in!!", "!!Dragon99"])
    func `refuses what is guessed first, dressed up or not`(password: String) {
        #expect(codes(password) == ["NOT_ALLOWED"])
    }

    @Test func `refuses the account's own address and name, in any case`() {
        let owner = ["jane.doe-9@example.com", "Jd#4711x"]
        #expect(codes("Jane.Doe-9@example.com", owner: owner) == ["NOT_ALLOWED"])
        #expect(codes("Jane.Doe-9", owner: owner) == ["NOT_ALLOWED"])
        #expect(codes("JD#4711x", owner: owner) == ["NOT_ALLOWED"])
        #expect(codes("Jane.Doe-9x", owner: owner) == [])
    }

    @Test(arguments: [
        "Portico1!", "Portal2026!", "Northgate-1", "North-Gate99!", "N0rthg@te!1", "Möller#2026", "Clinics!2026",
        "MöllerSonsClinics1!", "Möller&Sons-Clinics-1",
    ])
    func `refuses what its portal and the program are called, dressed up or not`(password: String) {
        #expect(codes(password) == ["NOT_ALLOWED"])
    }

    @Test func `takes what merely has such a word in it, and short parts of a name`() {
        #expect(codes("Portal#2025demo") == [])
        #expect(codes("My-Northgate-Cat-1") == [])
        #expect(codes("Sons#20261") == ["NOT_ALLOWED"])
        #expect(
            PortalWords.of(Self.tenant) == [
                "portico", "portal", "northgate", "möller", "sons", "clinics", "möllersonsclinics",
            ])
        let short = Tenant(slug: "ab", name: "A & B", zone: .utc, language: .english, origin: "http://x")
        #expect(PortalWords.of(short) == ["portico", "portal"])
    }

    @Test func `knows more of what is guessed first than the 3000 that a password list must have`() {
        #expect(CommonPasswords.count >= 3000)
    }

    @Test func `asks for nothing else: 64 characters and more, pasted, in any script`() {
        for password in [String(repeating: "Xy4!", count: 16), "Ünï-çødé-9 mit Leerzeichen", "пароль-С-Цифрой-7"] {
            #expect(codes(password) == [])
        }
    }
}
