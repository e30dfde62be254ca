import Testing

@testable import HTTPServer

@Suite struct `The pace of cutting connections` {
    @Test(arguments: [(0, 1), (4_095, 1), (4_096, 2), (102_400, 50)])
    func `is some in a moment, more where there are many`(open: Int, allowed: Int) {
        var pace = ExpiryPace()
        for moment in 0..<4 as Range<Int64> {
            let now = 1_000_000 + moment * ExpiryPace.moment
            #expect(pace.allowed(at: now, open: open) == allowed)
            #expect(pace.allowed(at: now, open: open) == 0)
            #expect(pace.allowed(at: now + ExpiryPace.moment - 1, open: open) == 0)
            #expect(pace.next == now + ExpiryPace.moment)
        }
    }

    @Test func `lets a wave of fifty thousand go in less than a minute`() {
        var pace = ExpiryPace()
        var open = 50_000
        var now: Int64 = 0
        while open > 0 {
            open -= pace.allowed(at: now, open: open)
            now += ExpiryPace.moment
        }
        #expect(now < 60_000)
    }
}
