import PluginAPI
import Testing

@testable import SalesTasks

@Suite struct `Calling hours` {
    private static let windows = [
        CallingWindow(opens: 540, closes: 1200, days: [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday]),
        // Hours that clocks skip and show twice in most zones, Sundays too.
        CallingWindow(opens: 90, closes: 150, days: Set(Weekday.allCases)),
        CallingWindow(opens: 0, closes: 1440, days: [.sunday]),
    ]
    private static let from = Instant(seconds: 1_577_836_800)  // 2020
    private static let to = Instant(seconds: 2_240_524_800)  // 2041

    /// Every change of clocks of every zone from 2020 to 2040, those of equal zones once.
    private static let changes: [(zone: Zone, at: Instant)] = {
        var seen: Set<[Int64]> = []
        return ZoneDatabase.system.names.flatMap { name -> [(zone: Zone, at: Instant)] in
            guard let zone = try? Zone(named: name) else { return [] }
            var found: [(zone: Zone, at: Instant)] = []
            var next = zone.nextTransition(after: from)
            while let at = next, at < to {
                found.append((zone, at))
                next = zone.nextTransition(after: at)
            }
            let shape = found.flatMap { [$0.at.microseconds, Int64(zone.offset(at: $0.at))] }
            return found.isEmpty || !seen.insert(shape).inserted ? [] : found
        }
    }()

    /// What clocks show, by nothing but the offset: minutes after midnight and the day of the week.
    private static func oracle(_ window: CallingWindow, _ instant: Instant, _ zone: Zone) -> Bool {
        let local = instant.microseconds / 1_000_000 + Int64(zone.offset(at: instant))
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let minute = Int((local - day * 86_400) / 60)
        // 1970-01-01 was a Thursday.
        let weekday = Int((day % 7 + 7 + 3) % 7) + 1
        return minute >= window.opens && minute < window.closes && window.days.contains { $0.rawValue == weekday }
    }

    @Test func `are those that clocks show, on every day on which any zone's clocks change`() {
        #expect(Self.changes.count > 1000)
        var wrong: [String] = []
        for (number, change) in Self.changes.enumerated() {
            let window = Self.windows[number % Self.windows.count]
            // A day before and after, at other quarters of an hour for each change, and a second before and at it.
            let seconds = stride(from: number % 7 - 98, through: 98, by: 7).map { $0 * 900 + number % 2 } + [-1, 0]
            for second in seconds {
                let instant = change.at + .seconds(second)
                if window.isOpen(at: instant, in: change.zone) != Self.oracle(window, instant, change.zone) {
                    wrong.append("\(change.zone) \(instant)")
                }
            }
        }
        #expect(wrong == [])
    }

    @Test func `begin again at the first minute at which they are open`() throws {
        var wrong: [String] = []
        for (number, change) in Self.changes.enumerated() where number % 23 == 0 {
            let window = Self.windows[number % 2]
            let place = CallingPlace([change.zone])
            let start = change.at - .seconds(86_400 + 60 * (number % 777))
            var instant = start
            while !Self.oracle(window, instant, change.zone) {
                instant = instant + .seconds(60 - (instant.microseconds / 1_000_000) % 60)
            }
            let found = window.opening(from: start, in: place)
            if found != instant {
                wrong.append("\(change.zone) \(start): \(found?.description ?? "none"), not \(instant)")
            }
        }
        #expect(wrong == [])
    }

    @Test func `hold in every zone of a place`() throws {
        let zones = ["America/New_York", "Pacific/Honolulu"]
        let place = CallingPlace(try zones.map { try Zone(named: $0) })
        let window = Self.windows[0]
        // 2027-03-08 is a Monday; Honolulu is five hours behind New York in winter.
        let opening = try #require(window.opening(from: Instant(seconds: 1_804_464_000), in: place))
        #expect(opening.description == "2027-03-08T19:00:00Z")
        #expect(!window.isOpen(at: opening - .seconds(1), in: place))
        #expect(!window.isOpen(at: opening + .seconds(6 * 3600), in: place))
        #expect(CallingPlace(key: place.key) == place)
        #expect(CallingPlace(key: "") == nil)
        #expect(CallingPlace(key: "Nowhere/Land") == nil)
    }

    @Test func `follow from the number, by the longest beginning that is known`() throws {
        let berlin = try Zone(named: "Europe/Berlin"), chicago = try Zone(named: "America/Chicago")
        func zones(_ phone: String, _ known: [String: Zone] = [:]) throws -> [String] {
            let phone = try #require(Phone(phone))
            return CallingPlace.of(phone, known, otherwise: berlin).zones.map(\.name)
        }
        #expect(try zones("+4930550001") == ["Europe/Berlin"])
        #expect(try zones("+3531550001") == ["Europe/Dublin"])
        #expect(try zones("+13125550001").count == 8)
        #expect(try zones("+13125550001", ["+1312": chicago, "+1": berlin]) == ["America/Chicago"])
        #expect(try zones("+99955500011") == ["Europe/Berlin"])
        for names in CallingCodes.zones.values {
            for name in names { #expect(throws: Never.self) { try Zone(named: name) } }
        }
    }
}
