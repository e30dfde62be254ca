/// The entries of a shard that are at their limit, the one that is released first on top: a binary heap in which every
/// entry knows its place, so that any of them can leave it.
struct LimitHeap {
    private var places: [Int] = []

    /// The entry that is released first.
    var first: Int? { places.first }

    mutating func insert(_ place: Int, _ entries: inout [LimitEntry]) {
        places.append(place)
        rise(places.count - 1, &entries)
    }

    mutating func remove(_ place: Int, _ entries: inout [LimitEntry]) {
        let index = entries[place].heapIndex
        entries[place].heapIndex = -1
        guard let last = places.popLast(), last != place else { return }
        places[index] = last
        entries[last].heapIndex = index
        update(last, &entries)
    }

    /// Restores the order after the time of an entry changed.
    mutating func update(_ place: Int, _ entries: inout [LimitEntry]) {
        rise(entries[place].heapIndex, &entries)
        sink(entries[place].heapIndex, &entries)
    }

    private mutating func rise(_ start: Int, _ entries: inout [LimitEntry]) {
        let place = places[start]
        let time = entries[place].freeAt
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard time < entries[places[parent]].freeAt else { break }
            set(index, to: places[parent], &entries)
            index = parent
        }
        set(index, to: place, &entries)
    }

    private mutating func sink(_ start: Int, _ entries: inout [LimitEntry]) {
        let place = places[start]
        let time = entries[place].freeAt
        var index = start
        while index * 2 + 1 < places.count {
            var child = index * 2 + 1
            if child + 1 < places.count, entries[places[child + 1]].freeAt < entries[places[child]].freeAt {
                child += 1
            }
            guard entries[places[child]].freeAt < time else { break }
            set(index, to: places[child], &entries)
            index = child
        }
        set(index, to: place, &entries)
    }

    private mutating func set(_ index: Int, to place: Int, _ entries: inout [LimitEntry]) {
        places[index] = place
        entries[place].heapIndex = index
    }
}
