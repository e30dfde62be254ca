internal import Synchronization

// Content that is made while it is sent.
extension ClientConnection {
    /// Unsent bytes at which the maker of the content waits.
    static let unsentHighWater = 128 * 1024

    /// Content on its way, of one request on one connection.
    // @unchecked: everything is touched on the client's loop only.
    final class Uploading: @unchecked Sendable {
        /// Bytes that are announced and have not come; `nil` when nothing is announced.
        var left: Int?
        var task: Task<Void, Never>?
        /// Bytes since others had their turn.
        var turnBytes = 0
        /// The maker, waiting for the peer.
        var writer: Waiter<ClientError?>?

        init(left: Int?) { self.left = left }
    }

    /// Begins to make the content, in a task on the loop.
    func begin(_ upload: ClientUpload, _ uploading: Uploading) {
        let loop = core.loop
        loop.liveTasks += 1
        let task = Task.immediate(executorPreference: loop) { [self] in
            do {
                try await upload.send { chunk throws(ClientError) in try await put(chunk, uploading) }
                finish(uploading)
            } catch {
                failed(uploading, error)
            }
            loop.liveTasks -= 1
        }
        if uploading === self.uploading { uploading.task = task } else { task.cancel() }
    }

    /// Queues a chunk, and waits while there is much that the peer has not taken.
    private func put(_ chunk: [UInt8], _ uploading: Uploading) async throws(ClientError) {
        let loop = core.loop
        let waiter = Waiter<ClientError?>()
        let failure = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                waiter.begin(continuation)
                if loop.isCurrent {
                    put(chunk, uploading, waiter)
                } else if !loop.submit({ [self] in put(chunk, uploading, waiter) }) {
                    waiter.resume(.closed)
                }
            }
        } onCancel: {
            waiter.isCancelled.store(true, ordering: .sequentiallyConsistent)
            loop.submit { if uploading.writer === waiter { uploading.wake(.cancelled) } }
        }
        if let failure { throw failure }
        // A peer that takes everything at once must not hold up the others of the loop.
        uploading.turnBytes += chunk.count
        guard uploading.turnBytes >= 64 * 1024 else { return }
        uploading.turnBytes = 0
        await Task.yield()
    }

    private func put(_ chunk: [UInt8], _ uploading: Uploading, _ waiter: Waiter<ClientError?>) {
        guard uploading === self.uploading else { return waiter.resume(.cancelled) }
        guard uploading.writer == nil else { return waiter.resume(.misused) }
        guard !chunk.isEmpty else { return waiter.resume(nil) }
        if let left = uploading.left {
            guard chunk.count <= left else { return waiter.resume(.content("more bytes than announced")) }
            uploading.left = left - chunk.count
            output.append(chunk)
        } else {
            output.append(Array("\(String(chunk.count, radix: 16))\r\n".utf8))
            output.append(chunk)
            output.append(Array("\r\n".utf8))
        }
        flush()
        guard uploading === self.uploading else { return waiter.resume(.cancelled) }
        guard output.count > Self.unsentHighWater else { return waiter.resume(nil) }
        if waiter.isCancelled.load(ordering: .sequentiallyConsistent) { return waiter.resume(.cancelled) }
        uploading.writer = waiter
    }

    /// All of it is made.
    private func finish(_ uploading: Uploading) {
        guard uploading === self.uploading else { return }
        guard uploading.left ?? 0 == 0 else { return fail(.content("fewer bytes than announced")) }
        if uploading.left == nil { output.append(Array("0\r\n\r\n".utf8)) }
        self.uploading = nil
        flush()
    }

    private func failed(_ uploading: Uploading, _ error: any Error) {
        guard uploading === self.uploading else { return }
        fail((error as? ClientError) ?? .content("\(error)"))
    }

    /// Lets the maker go on when the peer has taken enough.
    func wakeUpload() {
        if let uploading, output.count <= Self.unsentHighWater / 2 { uploading.wake(nil) }
    }

    /// Nobody wants the rest of the content.
    func endUpload() {
        guard let uploading else { return }
        self.uploading = nil
        uploading.task?.cancel()
        uploading.wake(.cancelled)
    }
}

extension ClientConnection.Uploading {
    func wake(_ error: ClientError?) {
        guard let waiting = writer else { return }
        writer = nil
        waiting.resume(error)
    }
}
