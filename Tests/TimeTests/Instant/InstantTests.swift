import Testing
import Time

@Suite struct `An instant` {
    @Test func `counts microseconds and rounds seconds down`() {
        #expect(Instant(seconds: 1).microseconds == 1_000_000)
        #expect(Instant(microseconds: -1).seconds == -1)
        #expect(Instant(microseconds: 1_999_999).seconds == 1)
        #expect(Instant(microseconds: -1).milliseconds == -1)
        #expect(Instant.epoch.seconds == 0)
    }

    @Test func `adds and subtracts durations`() throws {
        let noon = try instant("2025-08-28T12:00:00Z")
        #expect(noon + .seconds(90) == (try instant("2025-08-28T12:01:30Z")))
        #expect(noon - .milliseconds(1) == (try instant("2025-08-28T11:59:59.999Z")))
        #expect(noon + .seconds(-90) == noon - .seconds(90))
        #expect(noon.advanced(by: .microseconds(1)) > noon)
        #expect((noon + .seconds(3600)) - noon == .seconds(3600))
        #expect(noon - (noon + .microseconds(1)) == .microseconds(-1))
    }

    @Test func `cuts off what is finer than a microsecond, either way`() {
        #expect(Instant.epoch + .nanoseconds(1999) == Instant(microseconds: 1))
        #expect(Instant.epoch + .nanoseconds(-1999) == Instant(microseconds: -1))
        #expect(Instant.epoch - .nanoseconds(1999) == Instant(microseconds: -1))
    }

    @Test func `stops at the ends of the calendar`() {
        #expect(Instant.maximum + .seconds(1) == .maximum)
        #expect(Instant.minimum - .seconds(1) == .minimum)
        #expect(Instant.epoch + .seconds(Int64.max) == .maximum)
        #expect(Instant.epoch - .seconds(Int64.max) == .minimum)
        #expect(Instant.epoch + .seconds(Int64.min) == .minimum)
        #expect(Instant.epoch - .seconds(Int64.min) == .maximum)
        #expect(Instant(microseconds: .max) == .maximum)
        #expect(Instant(seconds: .min) == .minimum)
        #expect(Instant.maximum - .minimum == .microseconds(315_537_897_599_999_999))
    }

    @Test func `comes from a time source`() {
        struct Fixed: TimeSource { let now = Instant(seconds: 42) }
        #expect(Instant.now(Fixed()) == Instant(seconds: 42))
    }

    @Test func `of the system's clock does not lie in the past`() throws {
        let now = Instant.now()
        #expect(now > (try instant("2025-01-01T00:00:00Z")))
        #expect(SystemTime().now - now < .seconds(3600))
    }
}

@Suite struct `A range of instants` {
    private func range(_ start: Int64, _ end: Int64) throws -> InstantRange {
        try #require(InstantRange(start: Instant(seconds: start), end: Instant(seconds: end)))
    }

    @Test func `never runs backwards`() {
        #expect(InstantRange(start: Instant(seconds: 2), end: Instant(seconds: 1)) == nil)
    }

    @Test func `contains its start but not its end`() throws {
        let some = try range(10, 20)
        #expect(some.contains(Instant(seconds: 10)))
        #expect(!some.contains(Instant(seconds: 20)))
        #expect(!some.contains(Instant(seconds: 9)))
        #expect(some.duration == .seconds(10))
        #expect(some.contains(try range(10, 20)))
        #expect(!some.contains(try range(10, 21)))
    }

    @Test func `overlaps another only if they share an instant`() throws {
        let some = try range(10, 20)
        #expect(some.overlaps(try range(19, 30)))
        #expect(!some.overlaps(try range(20, 30)))
        #expect(!some.overlaps(try range(0, 10)))
        #expect(some.overlaps(try range(0, 30)))
        #expect(some.intersection(try range(15, 30)) == (try range(15, 20)))
        #expect(some.intersection(try range(20, 30)) == nil)
    }

    @Test func `that is empty overlaps nothing`() throws {
        let none = try range(15, 15)
        #expect(none.isEmpty)
        #expect(!none.overlaps(try range(10, 20)))
        #expect(!(try range(10, 20)).overlaps(none))
        #expect(!none.contains(Instant(seconds: 15)))
        #expect(none == .empty(at: Instant(seconds: 15)))
    }
}
