// What the client has not taken yet.
extension Connection {
    /// Adds bytes that are about to change hands: copied.
    func queue(copying bytes: UnsafeRawBufferPointer) {
        unsent.append(copying: bytes)
        unsentCount = unsent.count
    }

    /// Adds an array: shared when it is large.
    func queue(_ bytes: [UInt8]) {
        unsent.append(bytes)
        unsentCount = unsent.count
    }

    /// Forgets the first bytes, which are sent.
    func forget(_ bytes: Int) {
        unsent.drop(bytes)
        unsentCount = unsent.count
    }

    func forgetAll() {
        guard unsentCount > 0 else { return }
        unsent.removeAll()
        unsentCount = 0
    }
}
