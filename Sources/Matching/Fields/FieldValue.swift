/// One of a column's different values, made ready to be compared.
///
/// A class, so that comparing a pair counts two references and not one for each array.
final class FieldValue: Sendable {
    /// What is compared letter by letter: folded text, a code without spaces, a day as YYYYMMDD, digits of a phone number.
    let units: [UInt16]
    /// A text's words, by their numbers in the column.
    let words: [Int32]
    /// How a name sounds.
    let sounds: [String]
    let date: CalendarDate?
    let number: Double?
    let phone: PhoneNumber?
    let email: EmailAddress?

    /// - Parameter words: gives each of a text's words its number.
    init(_ text: String, _ kind: FieldKind, _ order: CalendarDate.Order, words: ([UInt16]) -> [Int32]) {
        let folded = FoldedText(text)
        date = kind == .date ? CalendarDate(text, order: order) : nil
        number = kind == .number ? DecimalText.value(of: text) : nil
        phone = kind == .phone ? PhoneNumber(text) : nil
        email = kind == .email ? EmailAddress(text) : nil
        sounds = kind == .name ? Self.sounds(folded) : []
        self.words = kind == .text ? words(folded.units) : []
        switch kind {
        case .name, .text, .category: units = folded.units
        case .code, .number: units = folded.joined
        case .date: units = date?.units ?? folded.joined
        case .phone: units = phone.map { Array($0.digits.utf16) } ?? folded.joined
        case .email: units = email.map { Array($0.text.utf16) } ?? folded.units
        }
    }

    private static func sounds(_ folded: FoldedText) -> [String] {
        var sounds = Set(DaitchMokotoff.codes(folded.units))
        let spoken = DoubleMetaphone(folded.units)
        for code in [spoken.primary, spoken.secondary] where !code.isEmpty { sounds.insert(code) }
        return sounds.sorted()
    }
}
