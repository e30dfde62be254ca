import HTTPServer
import PluginAPI
import Testing

@testable import Host

/// The resource has the tag `"abc"` and was changed on 6 November 1994 at 08:49:37, unless a test says otherwise.
@Suite struct `Conditions of a request` {
    private static let changed = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
    private static let after = "Sun, 06 Nov 1994 08:49:38 GMT"
    private static let now = Instant(seconds: 800_000_000)

    private static func verdict(
        _ line: String, _ fields: [String], tag: String? = "\"abc\"", isWeak: Bool = false, hasDate: Bool = true,
        exists: Bool = true
    ) throws -> Preconditions.Verdict {
        let validators = Validators(
            tag: tag.map { EntityTag(opaque: $0, isWeak: isWeak) },
            lastModified: hasDate ? Instant(httpDate: changed, now: now) : nil)
        return Preconditions.verdict(on: try request(line, fields), validators, exists: exists, now: now)
    }

    // RFC 9110 §13.1.1 to §13.1.4, then §13.2.2.
    @Test(
        arguments: [
            ([], .proceed, .proceed),
            (["if-match: \"abc\""], .proceed, .proceed), (["if-match: \"x\""], .failed, .failed),
            (["if-match: *"], .proceed, .proceed), (["if-match: W/\"abc\""], .failed, .failed),
            (["if-match: \"x\", \"abc\""], .proceed, .proceed), (["if-match: abc"], .failed, .failed),
            (["if-match: \"x\"", "if-match: \"abc\""], .proceed, .proceed), (["if-match:"], .failed, .failed),
            (["if-none-match: \"abc\""], .notModified, .failed), (["if-none-match: W/\"abc\""], .notModified, .failed),
            (["if-none-match: *"], .notModified, .failed), (["if-none-match: \"x\""], .proceed, .proceed),
            (["if-none-match: abc"], .proceed, .proceed),
            (["if-none-match: \"x\"", "if-none-match: \"abc\""], .notModified, .failed),
            (["if-modified-since: \(before)"], .proceed, .proceed),
            (["if-modified-since: \(changed)"], .notModified, .proceed),
            (["if-modified-since: \(after)"], .notModified, .proceed),
            (["if-modified-since: yesterday"], .proceed, .proceed),
            (["if-modified-since: \(after)", "if-modified-since: \(after)"], .proceed, .proceed),
            (["if-modified-since: Sunday, 06-Nov-94 08:49:37 GMT"], .notModified, .proceed),
            (["if-unmodified-since: \(before)"], .failed, .failed),
            (["if-unmodified-since: \(changed)"], .proceed, .proceed),
            (["if-unmodified-since: \(after)"], .proceed, .proceed), (["if-unmodified-since: 5"], .proceed, .proceed),
            // If-Match before If-Unmodified-Since, If-None-Match before If-Modified-Since, and both kinds in turn.
            (["if-match: \"abc\"", "if-unmodified-since: \(before)"], .proceed, .proceed),
            (["if-match: \"x\"", "if-unmodified-since: \(after)"], .failed, .failed),
            (["if-none-match: \"x\"", "if-modified-since: \(after)"], .proceed, .proceed),
            (["if-none-match: \"abc\"", "if-modified-since: \(before)"], .notModified, .failed),
            (["if-match: \"x\"", "if-none-match: \"abc\""], .failed, .failed),
            (["if-match: \"abc\"", "if-none-match: \"abc\""], .notModified, .failed),
            (["if-unmodified-since: \(before)", "if-none-match: \"abc\""], .failed, .failed),
        ] as [([String], Preconditions.Verdict, Preconditions.Verdict)])
    func `hold or not, for reading and for changing`(
        _ fields: [String], _ read: Preconditions.Verdict, _ change: Preconditions.Verdict
    ) throws {
        #expect(try Self.verdict("GET /", fields) == read)
        #expect(try Self.verdict("HEAD /", fields) == read)
        #expect(try Self.verdict("PUT /", fields) == change)
    }

    @Test func `are about what exists`() throws {
        #expect(try Self.verdict("PUT /", ["if-match: *"], exists: false) == .failed)
        #expect(try Self.verdict("PUT /", ["if-none-match: *"], exists: false) == .proceed)
    }

    @Test func `count as far as there is something to compare with`() throws {
        #expect(try Self.verdict("GET /", ["if-modified-since: \(Self.after)"], hasDate: false) == .proceed)
        #expect(try Self.verdict("PUT /", ["if-unmodified-since: \(Self.before)"], hasDate: false) == .proceed)
        #expect(try Self.verdict("GET /", ["if-none-match: \"abc\""], tag: nil) == .proceed)
        #expect(try Self.verdict("PUT /", ["if-match: \"abc\""], tag: nil) == .failed)
        #expect(try Self.verdict("PUT /", ["if-match: \"abc\""], isWeak: true) == .failed)
        #expect(try Self.verdict("GET /", ["if-none-match: \"abc\""], isWeak: true) == .notModified)
    }

    // RFC 9110 §13.1.5
    @Test(arguments: [
        ("\"abc\"", true), ("\"x\"", false), ("W/\"abc\"", false), ("*", false), (changed, true), (before, false),
        (after, false), ("abc", false), ("", false),
    ])
    func `on a range name just this state`(_ field: String, _ isWanted: Bool) throws {
        let validators = Validators(
            tag: EntityTag(opaque: "\"abc\"", isWeak: false),
            lastModified: Instant(httpDate: Self.changed, now: Self.now))
        let request = try request("GET /", ["range: bytes=0-1", "if-range: \(field)"])
        #expect(Preconditions.wantsRange(request, validators, now: Self.now) == isWanted)
    }

    @Test func `on a range are not met by a date whose second is not over`() throws {
        let moment = try #require(Instant(httpDate: Self.changed, now: Self.now))
        let request = try request("GET /", ["range: bytes=0-1", "if-range: \(Self.changed)"])
        let validators = Validators(tag: nil, lastModified: moment)
        #expect(!Preconditions.wantsRange(request, validators, now: moment))
        #expect(Preconditions.wantsRange(request, validators, now: Instant(seconds: moment.seconds + 1)))
    }
}
