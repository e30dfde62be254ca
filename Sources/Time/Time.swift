// The public face of Time: instants, civil days, IANA zones and repeating rules. Nothing here knows tenants or plugins.
//
//   Instant/   Instant (microseconds of UTC), InstantRange, TimeSource; RFC 3339 and HTTP dates; ISO 8601 durations
//   Calendar/  Day, TimeOfDay, LocalTime, Weekday, DayRange: what a calendar and a clock on the wall show
//   Zones/     Zone, LocalInstants, ZoneDatabase: the system's TZif files (RFC 9636), footer included
//   Rules/     Rule: when a repeating job is next due
//   Text/      bytes in, bytes out, shared by the above
//
// Whatever passes between a wall clock and an instant names a Zone, and says what to do in a gap or an overlap.
