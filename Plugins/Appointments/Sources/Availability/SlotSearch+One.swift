internal import PluginAPI

extension SlotSearch {
    /// The practitioners, by position, with whom a visit can begin at a moment, a room included.
    func practitioners(freeAt start: Instant) -> [Int] {
        guard let moment = InstantRange(start: start, end: start + .microseconds(1)) else { return [] }
        var free: [Int] = []
        forEach(in: moment) { _, practitioner in free.append(practitioner) }
        return free
    }

    /// The first room that is free for a visit; nil when none is, or none is needed.
    func room(freeAt start: Instant) -> String? {
        guard let reserved = InstantRange(start: start - before, end: start + length + after) else { return nil }
        return rooms?.first { room in !room.taken.contains { $0.overlaps(reserved) } }?.id
    }

    /// The same search as if nothing were taken: what the clinic offers at all.
    var withoutTaken: SlotSearch {
        func empty(_ resource: Resource) -> Resource {
            Resource(id: resource.id, hours: resource.hours, taken: [])
        }
        return SlotSearch(
            zone: zone, opening: opening, holidays: holidays, grid: grid, length: length, before: before, after: after,
            practitioners: practitioners.map(empty), rooms: rooms.map { $0.map(empty) })
    }
}
