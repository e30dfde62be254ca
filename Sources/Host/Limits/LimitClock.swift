/// Time that never goes back, made from a wall clock that may.
struct LimitClock {
    /// Calls of several threads come in another order than they read the clock, and clocks are corrected by a little.
    private static let tolerance: Int64 = 60_000_000

    private var latest: Int64?
    private var offset: Int64 = 0

    /// The time to count at. Stands still while the wall clock is behind by up to a minute. A wall clock that is further
    /// behind was set back: from then on this time runs on from where it was, so that nothing is forgotten too soon and
    /// nobody waits for the wall clock to catch up.
    mutating func advance(to wall: Int64) -> Int64 {
        guard let latest else {
            self.latest = wall
            return wall
        }
        if wall + offset < latest - Self.tolerance { offset = latest - wall }
        let time = max(wall + offset, latest)
        self.latest = time
        return time
    }

    /// What the wall clock shows at a time of this clock.
    func wall(_ time: Int64) -> Int64 { time - offset }
}
