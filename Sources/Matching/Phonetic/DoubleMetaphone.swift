/// Double Metaphone (Philips 2000): how a name sounds in English, as a code of consonants, with a second code where it
/// may be said otherwise because it comes from another language.
public struct DoubleMetaphone: Sendable, Hashable {
    /// As an English speaker would say it first.
    public let primary: String
    /// The other way; the same as ``primary`` for most names.
    public let secondary: String

    /// - Parameter length: letters of a code at most.
    public init(_ name: String, length: Int = 4) { self.init(FoldedText(name).units, length: length) }

    init(_ units: [UInt16], length: Int = 4) {
        var speaker = MetaphoneSpeaker(units.compactMap { $0 < 0x80 ? UInt8($0) & 0x5F : nil }, length)
        speaker.speak()
        primary = String(decoding: speaker.primary.prefix(length), as: UTF8.self)
        secondary = String(decoding: speaker.secondary.prefix(length), as: UTF8.self)
    }
}
