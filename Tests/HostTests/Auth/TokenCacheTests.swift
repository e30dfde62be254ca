import Crypto
import PluginAPI
import Synchronization
import Testing

@testable import Host

@Suite struct `A loop's token cache` {
    private let epoch = AuthEpoch()
    private let facts = SessionFacts(
        person: PersonID(rawValue: "usr_ann"), session: "ses_1", methods: ["sms"], held: [], plan: .free,
        definitions: [])

    private func key(_ number: Int) -> TokenCache.Key {
        TokenCache.Key(Array("\(number)".utf8).span, tenant: ObjectIdentifier(epoch))
    }

    private func entry(_ number: Int) -> TokenCache.Entry {
        TokenCache.Entry(
            key: key(number), tenant: epoch, expiresAt: SignInDesk.start + .seconds(number), kid: "k",
            epoch: epoch.current,
            facts: facts)
    }

    private func isKnown(_ number: Int, _ cache: inout TokenCache) -> Bool {
        if case .known = cache.find(key(number), epoch: epoch.current, now: SignInDesk.start) { true } else { false }
    }

    @Test func `keeps what is in use while others pass through`() {
        var cache = TokenCache(capacity: 4)
        for number in 1...100 {
            cache.keep(entry(number))
            #expect(cache.count <= 4)
            #expect(isKnown(1, &cache), "asked for between any two others")
        }
        #expect(!isKnown(50, &cache))
    }

    @Test func `forgets what expires, wherever it lies`() {
        var cache = TokenCache(capacity: 8)
        for number in 1...8 { cache.keep(entry(number)) }
        for number in [3, 8, 1] {
            guard
                case .expired = cache.find(key(number), epoch: epoch.current, now: SignInDesk.start + .seconds(number))
            else { return #expect(cache.count == -1, "\(number) is still there") }
            #expect(!isKnown(number, &cache))
        }
        #expect(cache.count == 5)
        for number in [2, 4, 5, 6, 7] { #expect(isKnown(number, &cache)) }
        for number in 9...20 { cache.keep(entry(number)) }
        #expect(cache.count == 8)
    }

    @Test func `calls an entry stale in another epoch, and tells tenants apart`() {
        var cache = TokenCache(capacity: 4)
        cache.keep(entry(5))
        epoch.raise()
        guard case .stale(let token) = cache.find(key(5), epoch: epoch.current, now: SignInDesk.start) else {
            return #expect(cache.count == -1, "it is not stale")
        }
        #expect(token.session == "ses_1" && token.kid == "k" && token.expiresAt == SignInDesk.start + .seconds(5))
        let other = AuthEpoch()
        let foreign = TokenCache.Key(Array("5".utf8).span, tenant: ObjectIdentifier(other))
        guard case .nothing = cache.find(foreign, epoch: other.current, now: SignInDesk.start) else {
            return #expect(cache.count == -1, "another tenant's token was found")
        }
    }
}

@Suite struct `Spare keys` {
    private struct Broken: Error {}

    @Test func `are given to one taker each, also to those who wait`() async throws {
        let pool = SpareKeyPool(capacity: 2)
        let kids = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<5 { group.addTask { try await pool.take().publicKey.modulus } }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(kids.count == 5)
    }

    @Test func `are asked for anew after a failure`() async throws {
        let key = try SignInDesk.key.get()
        let failures = Failures(2)
        let pool = SpareKeyPool(capacity: 1) {
            if failures.next() { throw Broken() }
            return key
        }
        // The pool's own first try may be the first failure or not yet.
        for _ in 0..<3 {
            do {
                #expect(try await pool.take().publicKey == key.publicKey)
                return
            } catch is Broken {}
        }
        throw Broken()
    }
}

/// Says yes so many times.
private final class Failures: Sendable {
    private let left: Mutex<Int>
    init(_ count: Int) { left = Mutex(count) }

    func next() -> Bool {
        left.withLock { left in
            left -= 1
            return left >= 0
        }
    }
}
