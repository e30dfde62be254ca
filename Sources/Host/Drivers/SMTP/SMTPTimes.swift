/// How long a mail server may take. The RFC's own limits (RFC 5321 §4.5.3.2) are minutes; a message that waits shorter here
/// is tried again later.
struct SMTPTimes: Sendable {
    /// For everything that one message needs, waiting for a connection included.
    var total = Duration.seconds(50)
    /// To look the name up, connect and agree on keys.
    var connect = Duration.seconds(15)
    /// For an answer to a command.
    var answer = Duration.seconds(20)
    /// For the answer to the message itself, which servers look at first.
    var content = Duration.seconds(45)
    /// How long a connection is kept for the next message.
    var idle = Duration.seconds(20)
}

/// A moment by which something must be done.
struct Deadline: Sendable {
    private let end: ContinuousClock.Instant

    init(in time: Duration) { end = .now + time }

    var isPast: Bool { ContinuousClock.now >= end }

    /// The time that is left, and no more than `most`.
    func left(_ most: Duration) -> Duration { min(most, max(.zero, end - .now)) }
}
