// Small answers wait for the end of their round.
extension Connection {
    /// Leaves a small whole answer to the end of the round. Returns `false` when it has to be sent now.
    func hold() -> Bool {
        guard loop.holdsAnswers, exchange == nil, occupant == nil, !isClosing, unsentCount == 0, leftover.isEmpty,
            let batch, batch.count > 0, batch.count <= EventLoop.largestHeld, case .plain = transport
        else { return false }
        isHeld = true
        loop.hold(batch.bytes, of: self)
        batch.reset()
        return true
    }

    /// Sends what was held; what the socket does not take waits like any other output.
    func sendHeld(_ bytes: UnsafeRawBufferPointer) {
        isHeld = false
        guard !isClosed else { return }
        switch transport.write(bytes) {
        case .bytes(let sent):
            guard sent < bytes.count else { return }
            queue(copying: UnsafeRawBufferPointer(rebasing: bytes[sent...]))
        case .blocked: queue(copying: bytes)
        case .ended, .failed: return close()
        }
        settle()
    }
}
