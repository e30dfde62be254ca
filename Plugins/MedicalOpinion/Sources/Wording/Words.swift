internal import PluginAPI

/// What pages and documents say to people, in each of the languages that they speak; English for all others.
struct Words: Sendable {
    /// The language that is spoken.
    let language: Language

    init(_ wanted: Language) { language = ["en", "de", "es"].contains(wanted.base) ? wanted : .english }

    func callAsFunction(_ english: String, de german: String, es spanish: String) -> String {
        switch language.base {
        case "de": german
        case "es": spanish
        default: english
        }
    }

    /// `20 Nov 2026, 14:05 (CET)`
    func moment(_ instant: Instant, in zone: Zone) -> String {
        let local = zone.localTime(at: instant)
        let clock = "\(Self.two(local.time.hour)):\(Self.two(local.time.minute))"
        return "\(day(local.day)), \(clock) (\(zone.abbreviation(at: instant)))"
    }

    /// `20 Nov 2026`
    private func day(_ day: Day) -> String {
        let (year, month, number) = day.fields
        return switch language.base {
        case "de": "\(Self.two(number)).\(Self.two(month)).\(year)"
        case "es": "\(Self.two(number))/\(Self.two(month))/\(year)"
        default: "\(number) \(Self.months[month - 1]) \(year)"
        }
    }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
