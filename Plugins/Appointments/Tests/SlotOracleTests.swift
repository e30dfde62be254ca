import PluginAPI
import Testing

@testable import Appointments

/// A generator that gives the same numbers for the same seed (SplitMix64), so that a failure can be seen again.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The same search by looking at a clock on the wall, five minutes after five minutes, knowing nothing of intervals.
struct SlotOracle {
    let search: SlotSearch
    private let tick: Int64 = 300_000_000

    func slots(in range: InstantRange) -> [String] {
        var slots: [String] = []
        for start in anchoredStarts(in: range) {
            for (index, person) in search.practitioners.enumerated() where isFree(start, person) {
                slots.append("\(start) \(index)")
            }
        }
        return slots
    }

    /// Walks along each run of ticks that one day's opening hours show, counting from the run's first.
    private func anchoredStarts(in range: InstantRange) -> [Instant] {
        var starts: [Instant] = []
        var run: (day: Day, start: Int64)?
        var at = range.start.microseconds - 2 * 86_400_000_000
        at -= at % tick
        while at < range.end.microseconds {
            let instant = Instant(microseconds: at)
            let day = search.zone.day(at: instant)
            if !isShown(instant, search.opening, closed: search.holidays) {
                run = nil
            } else if run?.day != day {
                run = (day, at)
            }
            if let run, (at - run.start) % search.grid.wholeMicroseconds == 0, range.contains(instant) {
                starts.append(instant)
            }
            at += tick
        }
        return starts
    }

    private func isShown(_ instant: Instant, _ hours: WeeklyHours, closed: Set<Day> = []) -> Bool {
        let local = search.zone.localTime(at: instant)
        let minute = local.time.secondsSinceMidnight / 60
        return !closed.contains(local.day)
            && hours.on(local.day).contains { $0.opens <= minute && minute < $0.closes }
    }

    private func isFree(_ start: Instant, _ person: SlotSearch.Resource) -> Bool {
        let whole = ticks(from: start - search.before, to: start + search.length + search.after)
        let isOpen = ticks(from: start, to: start + search.length).allSatisfy {
            isShown($0, search.opening, closed: search.holidays) && isShown($0, person.hours ?? WeeklyHours())
        }
        let isTaken = whole.contains { tick in person.taken.contains { $0.contains(tick) } }
        let hasRoom =
            search.rooms.map {
                $0.contains { room in !whole.contains { tick in room.taken.contains { $0.contains(tick) } } }
            }
            ?? true
        return isOpen && !isTaken && hasRoom
    }

    private func ticks(from start: Instant, to end: Instant) -> [Instant] {
        stride(from: start.microseconds, to: end.microseconds, by: Int64.Stride(tick)).map {
            Instant(microseconds: $0)
        }
    }
}

@Suite struct `Slots against a clock on the wall` {
    @Test(arguments: [
        ("America/New_York", "2027-03-14"), ("America/New_York", "2027-11-07"), ("Europe/Berlin", "2027-03-28"),
        ("Europe/Berlin", "2027-10-31"), ("Australia/Lord_Howe", "2027-04-04"),
        ("Australia/Lord_Howe", "2027-10-03"), ("America/St_Johns", "2010-11-07"), ("Africa/Cairo", "2027-04-30"),
        ("Asia/Kathmandu", "2027-06-01"),
    ])
    func `are the same for any clinic around a change of clocks`(name: String, day: String) throws {
        let zone = try Zone(named: name)
        let day = try #require(Day(iso8601: day))
        var generator = SeededGenerator(state: UInt64(day.daysSinceEpoch))
        var found = 0
        for _ in 0..<25 {
            let search = Self.random(zone, around: day, &generator)
            let span = zone.range(of: day)
            let range = try #require(
                InstantRange(
                    start: span.start - .seconds(3600 * Int.random(in: 0...12, using: &generator)),
                    end: span.end + .seconds(3600 * Int.random(in: 0...12, using: &generator))))
            var slots: [String] = []
            search.forEach(in: range) { slots.append("\($0) \($1)") }
            #expect(slots == SlotOracle(search: search).slots(in: range))
            found += slots.count
        }
        #expect(found > 100)
    }

    /// Every change of offset of every zone from 2020 to 2040, each once for all zones that share it.
    private static let changes: [(zone: Zone, at: Instant, before: Int, after: Int)] = {
        struct Change: Hashable { let at: Instant, before: Int, after: Int }
        var seen: Set<Change> = []
        var changes: [(zone: Zone, at: Instant, before: Int, after: Int)] = []
        let end = Instant(rfc3339: "2041-01-01T00:00:00Z") ?? .epoch
        for name in ZoneDatabase.system.names.sorted() {
            guard let zone = try? Zone(named: name) else { continue }
            var at = Instant(rfc3339: "2020-01-01T00:00:00Z") ?? .epoch
            while let next = zone.nextTransition(after: at), next < end {
                let (before, after) = (zone.offset(at: next - .microseconds(1)), zone.offset(at: next))
                if before != after, seen.insert(Change(at: next, before: before, after: after)).inserted {
                    changes.append((zone, next, before, after))
                }
                at = next
            }
        }
        return changes
    }()

    @Test func `fill every day on which any zone's clocks change, from 2020 to 2040, without gap or overlap`() throws {
        let whole = WeeklyHours(Weekday.allCases.map { WeeklyHours.Span(weekday: $0, opens: 0, closes: 1440) })
        let quarter = Duration.seconds(900)
        #expect(Self.changes.count > 1000)
        for change in Self.changes {
            let search = SlotSearch(
                zone: change.zone, opening: whole, holidays: [], grid: quarter, length: quarter, before: .zero,
                after: .zero, practitioners: [SlotSearch.Resource(id: "prc_a", hours: whole, taken: [])], rooms: nil)
            let day = change.zone.range(of: change.zone.day(at: change.at))
            var next = day.start
            search.forEach(in: day) { start, _ in
                if start != next { Issue.record("\(change.zone) \(change.at): \(start) and not \(next)") }
                next = start + quarter
            }
            // The last quarter of an hour that fits.
            let isWhole = next <= day.end && day.end - next < quarter
            #expect(isWhole, "\(change.zone) \(change.at): ends at \(next), the day at \(day.end)")
        }
    }

    @Test func `are the same as on the wall for every kind of change there is`() throws {
        struct Kind: Hashable { let before: Int, after: Int, second: Int64 }
        var seen: Set<Kind> = []
        var generator = SeededGenerator(state: 2040)
        for change in Self.changes {
            let second = (change.at.seconds + Int64(change.before)) % 86_400
            // The wall is looked at every five minutes.
            guard change.before % 300 == 0, change.after % 300 == 0, second % 300 == 0,
                seen.insert(Kind(before: change.before, after: change.after, second: second)).inserted
            else { continue }
            let day = change.zone.day(at: change.at)
            let search = Self.random(change.zone, around: day, &generator)
            let range = change.zone.range(of: day)
            var slots: [String] = []
            search.forEach(in: range) { slots.append("\($0) \($1)") }
            #expect(slots == SlotOracle(search: search).slots(in: range), "\(change.zone) \(day)")
        }
        #expect(seen.count > 50)
    }

    private static func random(_ zone: Zone, around day: Day, _ generator: inout SeededGenerator) -> SlotSearch {
        func spans(_ weekday: Weekday) -> [WeeklyHours.Span] {
            let cut = Int.random(in: 1...94, using: &generator) * 15
            let opens = Int.random(in: 0...cut / 15, using: &generator) * 15
            let closes = Int.random(in: cut / 15...96, using: &generator) * 15
            return [(opens, cut), (cut + 15, closes)].filter { $0.0 < $0.1 }
                .map { WeeklyHours.Span(weekday: weekday, opens: $0.0, closes: $0.1) }
        }
        // Of three days one has hours of its own, and of those one is off.
        func hours() -> WeeklyHours {
            var exceptions: [Day: [WeeklyHours.Span]] = [:]
            for other in [day - 1, day, day + 1] where Int.random(in: 0...2, using: &generator) == 0 {
                exceptions[other] = Int.random(in: 0...2, using: &generator) == 0 ? [] : spans(other.weekday)
            }
            return WeeklyHours(Weekday.allCases.flatMap(spans), exceptions: exceptions)
        }
        func taken() -> [InstantRange] {
            var at = zone.startOfDay(day - 1)
            var ranges: [InstantRange] = []
            while at < zone.startOfDay(day + 2) {
                at = at + .seconds(300 * Int.random(in: 0...200, using: &generator))
                let end = at + .seconds(300 * Int.random(in: 1...20, using: &generator))
                if let range = InstantRange(start: at, end: end) { ranges.append(range) }
                at = end
            }
            // Visits, and now and then leave that covers some of them and begins and ends with the day or within it.
            if Int.random(in: 0...3, using: &generator) == 0 {
                let first = zone.startOfDay(day - 1) + .seconds(300 * Int.random(in: 0...400, using: &generator))
                let last = first + .seconds(300 * Int.random(in: 1...400, using: &generator))
                if let leave = InstantRange(start: first, end: last) { ranges.append(leave) }
            }
            return ranges.joined()
        }
        let needsRoom = Bool.random(using: &generator)
        return SlotSearch(
            zone: zone, opening: hours(), holidays: Int.random(in: 0...3, using: &generator) == 0 ? [day + 1] : [],
            grid: .seconds(900 * Int.random(in: 1...3, using: &generator)),
            length: .seconds(300 * Int.random(in: 3...15, using: &generator)),
            before: .seconds(300 * Int.random(in: 0...3, using: &generator)),
            after: .seconds(300 * Int.random(in: 0...3, using: &generator)),
            practitioners: (0..<3).map { SlotSearch.Resource(id: "prc_\($0)", hours: hours(), taken: taken()) },
            rooms: needsRoom
                ? (0..<2).map { SlotSearch.Resource(id: "rom_\($0)", hours: nil, taken: taken()) } : nil)
    }
}
