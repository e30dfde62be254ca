import PluginAPI

/// The id of an event as clients see it and name it when they come back: `1c-kf12oi2m1q`.
///
/// It names the event, its moment, and, where one event is told in several messages, which of them but the last.
struct EventID: Equatable, Sendable {
    let place: EventPlace
    /// The number of the message among those of its event; nil for the last.
    let part: Int?

    init(_ place: EventPlace, part: Int? = nil) {
        self.place = place
        self.part = part
    }

    /// Reads what ``text`` writes; nil for everything else.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), text.utf8.count <= 40, let id = Self.number(parts[0]),
            let at = Self.number(parts[1])
        else { return nil }
        if parts.count == 3 {
            guard let part = Self.number(parts[2]), part < 1000 else { return nil }
            self.part = Int(part)
        } else {
            part = nil
        }
        place = EventPlace(id: id, at: Instant(microseconds: at))
    }

    var text: String {
        let whole = String(place.id, radix: 36) + "-" + String(place.at.microseconds, radix: 36)
        return part.map { whole + "-" + String($0, radix: 36) } ?? whole
    }

    /// Digits and lower-case letters in their shortest form, so that an id has one text.
    private static func number(_ text: Substring) -> Int64? {
        guard let number = Int64(text, radix: 36), number >= 0, String(number, radix: 36) == text else { return nil }
        return number
    }
}
