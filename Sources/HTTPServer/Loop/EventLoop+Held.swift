// The small answers of one round are sent together: a reader that is woken by the first of them would take the processor
// from the loop while the other connections still wait to be heard, once for each.
extension EventLoop {
    /// Bytes; larger answers are sent at once.
    static let largestHeld = 16 * 1024
    /// So many bytes are held at once, and one answer more.
    private static let mostHeld = 64 * 1024
    /// Microseconds since the round began after which answers are held no longer.
    private static let longestHold: Int64 = 250

    /// Takes an answer.
    func hold(_ bytes: UnsafeRawBufferPointer, of connection: Connection) {
        heldBytes.append(bytes)
        held.append((connection, heldBytes.count))
        if heldBytes.count >= Self.mostHeld || Self.monotonicMicroseconds() - roundBegan > Self.longestHold {
            sendHeld()
        }
    }

    /// Sends all of them, in the order in which they were taken.
    func sendHeld() {
        guard !held.isEmpty else { return }
        let bytes = heldBytes.bytes
        var start = 0
        for (connection, end) in held {
            connection.sendHeld(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            start = end
        }
        held.removeAll(keepingCapacity: true)
        heldBytes.reset()
    }
}
