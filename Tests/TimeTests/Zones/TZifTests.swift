import Testing
import Time

@Suite struct `A zone's file` {
    /// A zone made of `file`'s bytes, after `change`.
    private func zone(_ file: TZifFile, _ change: (inout [UInt8]) -> Void = { _ in }) throws -> Zone {
        let folder = try TemporaryFolder()
        var bytes = file.bytes
        change(&bytes)
        try folder.write(bytes, to: "Some/Where")
        return try ZoneDatabase(directories: [folder.path]).zone(named: "Some/Where")
    }

    private let moved = TZifFile(
        transitions: [(1_000_000_000, 1), (1_100_000_000, 0)], types: [(0, 0, 0), (-3600, 1, 4)],
        abbreviations: Array("STD\0DST\0".utf8), footer: "STD0")

    @Test(arguments: [0, UInt8(ascii: "2"), UInt8(ascii: "3"), UInt8(ascii: "4")])
    func `is read in every version`(version: UInt8) throws {
        var file = moved
        file.version = version
        let zone = try zone(file)
        #expect(zone.offset(at: Instant(seconds: 999_999_999)) == 0)
        #expect(zone.offset(at: Instant(seconds: 1_000_000_000)) == -3600)
        #expect(zone.abbreviation(at: Instant(seconds: 1_000_000_000)) == "DST")
        #expect(zone.isDaylight(at: Instant(seconds: 1_099_999_999)))
        #expect(!zone.isDaylight(at: Instant(seconds: 1_100_000_000)))
        #expect(zone.nextTransition(after: .minimum) == Instant(seconds: 1_000_000_000))
        #expect(zone.nextTransition(after: Instant(seconds: 1_100_000_000)) == nil)
    }

    @Test func `without a footer stays with its last type`() throws {
        var file = moved
        file.footer = ""
        file.transitions.removeLast()
        #expect(try zone(file).offset(at: .maximum) == -3600)
        #expect(try zone(TZifFile()).offset(at: .maximum) == 0)
    }

    @Test func `may have transitions that change nothing`() throws {
        var file = moved
        file.transitions.insert((1_050_000_000, 1), at: 1)
        let zone = try zone(file)
        #expect(zone.nextTransition(after: Instant(seconds: 1_000_000_000)) == Instant(seconds: 1_100_000_000))
        #expect(
            zone.instants(of: Zone.utc.localTime(at: Instant(seconds: 1_049_996_400)))
                == .one(Instant(seconds: 1_050_000_000)))
    }

    @Test func `may have transitions outside the calendar`() throws {
        var file = moved
        file.transitions = [(.min, 0), (-1 << 59, 1), (0, 0), (.max - 1, 1), (.max, 0)]
        let zone = try zone(file)
        #expect(zone.offset(at: .minimum) == -3600)
        #expect(zone.nextTransition(after: .minimum) == .epoch)
        #expect(zone.offset(at: .maximum) == 0)
        #expect(zone.nextTransition(after: .epoch) == nil)
    }

    @Test func `is refused wherever it is cut`() throws {
        let whole = moved.bytes
        for length in 4..<whole.count {
            #expect(throws: UnknownZone.self, "\(length) of \(whole.count) bytes") {
                try zone(moved) { $0.removeLast($0.count - length) }
            }
        }
        #expect(try zone(moved).offset(at: .epoch) == 0)
    }

    @Test func `never crashes the reader, whichever byte is wrong`() throws {
        let folder = try TemporaryFolder()
        let database = ZoneDatabase(directories: [folder.path])
        var refused = 0
        for index in moved.bytes.indices {
            for value: UInt8 in [0, 0x7F, 0xFF] {
                var bytes = moved.bytes
                bytes[index] = value
                try folder.write(bytes, to: "Wrong")
                database.reload()
                guard let zone = try? database.zone(named: "Wrong") else {
                    refused += 1
                    continue
                }
                let some = zone.localTime(at: Instant(seconds: 1_050_000_000))
                _ = zone.instants(of: some)
                _ = zone.nextTransition(after: .minimum)
            }
        }
        #expect(refused > 0)
    }

    @Test func `is refused when it breaks the format`() throws {
        func damage(_ change: (inout TZifFile) -> Void) -> String {
            var file = moved
            change(&file)
            do {
                _ = try zone(file)
                return "none"
            } catch {
                return "\(error)"
            }
        }
        #expect(damage { _ in } == "none")
        #expect(damage { $0.transitions.swapAt(0, 1) }.contains("not in order"))
        #expect(damage { $0.transitions[1].time = $0.transitions[0].time }.contains("not in order"))
        #expect(damage { $0.transitions[0].type = 2 }.contains("a type that is not there"))
        #expect(damage { $0.types[1].offset = 93_600 }.contains("out of range"))
        #expect(damage { $0.types[1].offset = .min }.contains("out of range"))
        #expect(damage { $0.types[1].isDaylight = 2 }.contains("neither 0 nor 1"))
        #expect(damage { $0.types[1].abbreviation = 8 }.contains("abbreviation"))
        #expect(damage { $0.abbreviations.removeLast() }.contains("abbreviation"))
        #expect(damage { $0.types = [] }.contains("local time types"))
        #expect(damage { $0.leapSeconds = 1 }.contains("leap seconds"))
    }
}
