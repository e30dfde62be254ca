import Testing
import Time

/// Values from their texts, so that tests read like calendars.
func instant(_ text: String) throws -> Instant { try #require(Instant(rfc3339: text)) }
func day(_ text: String) throws -> Day { try #require(Day(iso8601: text)) }
func time(_ text: String) throws -> TimeOfDay { try #require(TimeOfDay(iso8601: text)) }
func local(_ text: String) throws -> LocalTime { try #require(LocalTime(iso8601: text)) }

/// A zone that has nothing but this footer.
func zone(footer: String) throws -> Zone {
    let folder = try TemporaryFolder()
    try folder.write(TZifFile.footer(footer).bytes, to: "Here")
    return try ZoneDatabase(directories: [folder.path]).zone(named: "Here")
}
