internal import PluginAPI

/// Finds the starts at which a visit can be had: a pure function of hours, holidays and what is taken.
///
/// Slots step through real time from each opening of a day. The visit itself lies within opening and working hours;
/// its buffers may reach beyond them, but not into what is taken.
struct SlotSearch {
    /// Somebody or something that a visit takes: working hours, and what is taken already.
    struct Resource {
        let id: String
        /// Working hours; a room has none, it is there whenever the branch is open.
        var hours: WeeklyHours?
        /// In order, without overlaps, buffers included.
        var taken: [InstantRange]
    }

    let zone: Zone
    let opening: WeeklyHours
    let holidays: Set<Day>
    let grid: Duration
    let length: Duration
    let before: Duration
    let after: Duration
    /// In the order in which slots with the same start are given.
    let practitioners: [Resource]
    /// Nil when the visit needs no room; else one of these must be free.
    let rooms: [Resource]?

    /// Calls the closure with every slot that starts within a range, in order of start, then of the practitioners.
    func forEach(in range: InstantRange, _ body: (_ start: Instant, _ practitioner: Int) -> Void) {
        guard !range.isEmpty, grid > .zero, length > .zero, !practitioners.isEmpty else { return }
        // A visit may begin the day before the range's first in another offset, and run into the day after its last.
        guard let days = DayRange(start: zone.day(at: range.start) - 1, end: zone.day(at: range.end) + 3) else {
            return
        }
        let time = OpenTime(zone: zone, days: days)
        let open = time.ranges(of: opening, closed: holidays)
        var diaries = practitioners.map { person in
            Diary(
                open: person.hours.map { open.intersection(time.ranges(of: $0)) } ?? open, taken: person.taken)
        }
        var roomDiaries = rooms.map { rooms in rooms.map { Diary(open: open, taken: $0.taken) } }
        for start in starts(time, in: range) {
            let visit = (start: start, end: start + length)
            let reserved = (start: start - before, end: start + length + after)
            if roomDiaries != nil {
                var isThereRoom = false
                for index in 0..<(roomDiaries?.count ?? 0) {
                    if roomDiaries?[index].isFree(visit, reserved) == true { isThereRoom = true }
                }
                if !isThereRoom { continue }
            }
            for index in diaries.indices where diaries[index].isFree(visit, reserved) { body(start, index) }
        }
    }

    /// Every step of the grid from each opening of each day, in order.
    private func starts(_ time: OpenTime, in range: InstantRange) -> [Instant] {
        var starts: [Instant] = []
        let step = grid.wholeMicroseconds
        let openings = time.days.flatMap { holidays.contains($0) ? [] : time.ranges(of: opening, on: $0) }
        for open in openings.sorted(by: { $0.start < $1.start }) {
            let late = max(0, range.start.microseconds - open.start.microseconds)
            var at = open.start.microseconds + (late + step - 1) / step * step
            let end = min(open.end, range.end).microseconds
            while at < end {
                starts.append(Instant(microseconds: at))
                at += step
            }
        }
        return starts
    }
}

/// Walks forward through one resource's open and taken time.
private struct Diary {
    let open: [InstantRange]
    let taken: [InstantRange]
    private var openIndex = 0
    private var takenIndex = 0

    init(open: [InstantRange], taken: [InstantRange]) {
        self.open = open
        self.taken = taken
    }

    /// Whether a visit fits. Asked for later and later visits, all of one length.
    mutating func isFree(
        _ visit: (start: Instant, end: Instant), _ reserved: (start: Instant, end: Instant)
    ) -> Bool {
        while openIndex < open.count, open[openIndex].end < visit.end { openIndex += 1 }
        guard openIndex < open.count, open[openIndex].start <= visit.start else { return false }
        while takenIndex < taken.count, taken[takenIndex].end <= reserved.start { takenIndex += 1 }
        return takenIndex == taken.count || taken[takenIndex].start >= reserved.end
    }
}

extension Duration {
    /// What is finer than a microsecond is cut off.
    var wholeMicroseconds: Int64 { components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000 }
}
