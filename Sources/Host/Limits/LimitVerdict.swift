import PluginAPI
import Time

/// What came of checking one policy, or the one of several that the client is told about.
struct LimitVerdict: Sendable {
    /// Whether the request may go on; it was counted if so, and not otherwise.
    let isAllowed: Bool
    let policy: LimitPolicy
    /// The tier by which the request was counted, as sent in `X-RateLimit-Tier`, whichever policy the numbers are of.
    var tier: String? { policy.tier ?? tiered?.tier }
    /// The policy of a tier, where the numbers are of another one.
    private var tiered: LimitPolicy?
    private var ofTier: LimitPolicy? { policy.tier == nil ? tiered : policy }
    /// Which of the policy's windows the numbers are of.
    let window: Int
    /// How many more requests that window would admit now.
    let remaining: Int
    /// When that window admits one more: the oldest request in it is forgotten. Now, when it holds none.
    let resetAt: Instant
    /// Whole seconds from now to `resetAt`, rounded up.
    let resetAfterSeconds: Int
    /// Whole seconds, at least 1, after which a request is allowed again if none is counted before; nil when allowed.
    let retryAfterSeconds: Int?

    /// How many requests the shown window admits.
    var limit: Int { Int(policy.windows[window].limit) }

    init(_ outcome: LimitEntry.Outcome, _ policy: LimitPolicy, _ clock: LimitClock, _ now: Instant) {
        isAllowed = outcome.isAllowed
        self.policy = policy
        window = outcome.shown
        remaining = Int(outcome.remaining)
        resetAt = max(Instant(microseconds: clock.wall(outcome.resetAt)), now)
        resetAfterSeconds = Self.seconds(from: now, to: resetAt)
        let freeAt = Instant(microseconds: clock.wall(outcome.freeAt))
        retryAfterSeconds = outcome.isAllowed ? nil : max(Self.seconds(from: now, to: freeAt), 1)
    }

    /// A refusal because the key cannot be held.
    init(refusing policy: LimitPolicy, until freeAt: Int64, _ clock: LimitClock, _ now: Instant) {
        let outcome = LimitEntry.Outcome(
            isAllowed: false, shown: policy.windows.firstIndex { !$0.isBurst } ?? 0, remaining: 0, resetAt: freeAt,
            freeAt: freeAt)
        self.init(outcome, policy, clock, now)
    }

    private static func seconds(from start: Instant, to end: Instant) -> Int {
        Int((max(end.microseconds - start.microseconds, 0) + 999_999) / 1_000_000)
    }

    /// Of two verdicts on one request, the one that the client is told about: a refusal, of two the one that lasts longer;
    /// otherwise the one with less left, the first where they are equal.
    consuming func combined(with other: consuming LimitVerdict?) -> LimitVerdict {
        guard let other else { return self }
        let tiered = ofTier ?? other.ofTier
        var shown = isShown(before: other) ? self : other
        if shown.policy.tier == nil { shown.tiered = tiered }
        return shown
    }

    private func isShown(before other: borrowing LimitVerdict) -> Bool {
        switch (retryAfterSeconds, other.retryAfterSeconds) {
        case (let mine?, let theirs?): theirs <= mine
        case (_?, nil): true
        case (nil, _?): false
        case (nil, nil): other.remaining >= remaining
        }
    }

    /// The refusal as the client sees it, with seed 000 §10.3's details; nil when allowed.
    var problem: Problem? {
        guard let retryAfterSeconds else { return nil }
        let resetTime = Instant(seconds: resetSeconds).description
        return Problem(
            429, "RATE_LIMIT_EXCEEDED", "Too many requests. Please try again later.",
            details: [
                "limit": .integer(Int64(limit)), "remaining": .integer(Int64(remaining)),
                "resetTime": .string(resetTime),
                "retryAfter": .integer(Int64(retryAfterSeconds)),
            ],
            retryAfter: retryAfterSeconds)
    }

    /// `resetAt` in whole seconds since 1970, rounded up.
    var resetSeconds: Int64 { resetAt.seconds + (resetAt.microseconds % 1_000_000 == 0 ? 0 : 1) }
}
