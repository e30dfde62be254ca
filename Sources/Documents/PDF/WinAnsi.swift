/// The encoding of the base fonts (ISO 32000-1, annex D.2): Latin-1 with typographic signs where Latin-1 has controls.
enum WinAnsi {
    /// The byte of a character; nil for one that base fonts have not.
    static func byte(_ character: Unicode.Scalar) -> UInt8? {
        switch character.value {
        case 0x20...0x7E, 0xA0...0xFF: UInt8(character.value)
        default: signs[character]
        }
    }

    private static let signs: [Unicode.Scalar: UInt8] = [
        "€": 0x80, "‚": 0x82, "ƒ": 0x83, "„": 0x84, "…": 0x85, "†": 0x86, "‡": 0x87, "ˆ": 0x88, "‰": 0x89, "Š": 0x8A,
        "‹": 0x8B, "Œ": 0x8C, "Ž": 0x8E, "‘": 0x91, "’": 0x92, "“": 0x93, "”": 0x94, "•": 0x95, "–": 0x96, "—": 0x97,
        "˜": 0x98, "™": 0x99, "š": 0x9A, "›": 0x9B, "œ": 0x9C, "ž": 0x9E, "Ÿ": 0x9F,
    ]
}
