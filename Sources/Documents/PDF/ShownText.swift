/// Text as fonts show it: letters and their marks as one character, spaces for tabs, without what cannot be seen.
struct ShownText {
    /// The characters; a line feed ends a line.
    let scalars: [Unicode.Scalar]

    init(_ text: String) {
        var scalars: [Unicode.Scalar] = []
        for character in text {
            if character.isNewline {
                scalars.append("\n")
                continue
            }
            var composed = Array(character.unicodeScalars)
            // Equal characters are canonically equivalent: a letter and its mark find the letter with the mark.
            if composed.count > 1, let one = Self.composed[character] { composed = [one] }
            for scalar in composed {
                switch scalar.value {
                case 0x09: scalars.append(" ")
                // Controls, soft hyphens, joiners and marks of direction show nothing.
                case 0...0x1F, 0x7F...0x9F, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x2064, 0xFEFF: break
                case 0x2011: scalars.append("-")
                default: scalars.append(scalar)
                }
            }
        }
        self.scalars = scalars
    }

    /// Whether a character belongs to a script whose letters change with their neighbours or run from right to left, or
    /// is a mark that no letter has taken up.
    static func needsShaping(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Combining marks.
        case 0x300...0x36F, 0x483...0x489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
        // Hebrew, Arabic, Syriac, Thaana, N'Ko and their like.
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFE: true
        // Scripts of India, Thai, Lao, Tibetan, Burmese.
        case 0x900...0x109F: true
        // Hangul in parts, Khmer, Mongolian, and what lies between.
        case 0x1100...0x11FF, 0x1700...0x1AAF, 0x1B00...0x1C7F, 0x1CD0...0x1CFF, 0xA800...0xABFF: true
        case 0x1_0800...0x1_13FF, 0x1_1400...0x1_1FFF, 0x1_E800...0x1_EFFF: true
        // Chosen forms of a character, tags.
        case 0xFE00...0xFE0F, 0xE_0000...0xE_0FFF: true
        default: false
        }
    }

    private static let composed: [Character: Unicode.Scalar] = {
        var composed: [Character: Unicode.Scalar] = [:]
        for range in [0xC0...0x24F, 0x370...0x4FF, 0x1E00...0x1FFF] as [ClosedRange<UInt32>] {
            for value in range {
                if let scalar = Unicode.Scalar(value) { composed[Character(scalar)] = scalar }
            }
        }
        return composed
    }()
}
