/// How long to wait before trying again.
enum Backoff {
    /// 5 s, 10 s, 20 s … up to an hour after the given number of failures, with up to a quarter of it added by chance so
    /// that what failed together does not come back together.
    static func pause(after attempts: Int) -> Duration {
        let seconds = min(3600, 5 << min(max(0, attempts - 1), 12))
        return .milliseconds(seconds * 1000 + Int.random(in: 0...seconds * 250))
    }

    /// So many seconds, with up to a quarter of them added by chance.
    static func jittered(seconds: Int) -> Duration {
        .milliseconds(seconds * 1000 + Int.random(in: 0...max(0, seconds) * 250))
    }
}
