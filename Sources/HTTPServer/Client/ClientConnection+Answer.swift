internal import CLinux

// The answer, as it comes.
extension ClientConnection {
    func read() {
        repeat {
            switch transport.read(into: core.loop.input) {
            case .bytes(let count):
                if !hasReceived {
                    hasReceived = true
                    exchange?.step?.cancel()
                }
                consume(Span(_unsafeElements: core.loop.input[..<count].assumingMemoryBound(to: UInt8.self)))
            case .blocked: return settle()
            case .ended: return ended()
            case .failed: return fail(hasReceived ? .malformed(.cutOff) : .disconnected)
            }
        } while state == .busy && transport.hasBuffered && !isPaused
        if state == .busy { settle() }
    }

    /// The reader of the answer's content has taken enough.
    func readOn(_ flow: ContentFlow) { if state == .busy, exchange?.flow === flow { read() } }

    /// The peer has said that it sends no more.
    private func ended() {
        if !hasReceived { return fail(.disconnected) }
        if case .end = parser.finish() { complete(leftover: 0) } else { fail(.malformed(.cutOff)) }
    }

    private func consume(_ bytes: Span<UInt8>) {
        guard let limit = exchange?.request.bodyLimit else { return close() }
        var position = 0
        while true {
            switch parser.next(bytes, at: &position) {
            case .needsMore: return
            case .head(let head):
                self.head = head
                if let flow = exchange?.flow { begin(flow, head) }
                guard case .length(let length) = head.framing else { continue }
                guard length <= limit else { return fail(.bodyTooLarge) }
                if exchange?.flow == nil { body.reserveCapacity(min(length, 1 << 20)) }
            case .body(let range):
                received += range.count
                guard received <= limit else { return fail(.bodyTooLarge) }
                bytes.extracting(range).withUnsafeBufferPointer { piece in
                    if let flow = exchange?.flow { flow.receive(Array(piece)) } else { body.append(contentsOf: piece) }
                }
            case .end: return complete(leftover: bytes.count - position)
            case .failed(let error): return fail(error)
            }
        }
    }

    private func response(_ head: ResponseHead, _ request: ClientRequest) -> ClientResponse {
        ClientResponse(status: head.status, fields: head.fields, body: body, url: request.url, address: address)
    }

    /// Hands the answer over with its content to come.
    private func begin(_ flow: ContentFlow, _ head: ResponseHead) {
        guard let exchange else { return }
        flow.connection = self
        exchange.deliver(response(head, exchange.request))
    }

    private func complete(leftover: Int) {
        guard let exchange, let head else { return fail(.disconnected) }
        let response = response(head, exchange.request)
        self.exchange = nil
        body = []
        // An answer that came before the whole request leaves the connection in the middle of something.
        let isWhole = output.isEmpty && uploading == nil
        if head.keepsAlive, leftover == 0, isWhole, !transport.hasBuffered, !core.isClosed {
            state = .idle
            settle()
            core.release(self)
        } else {
            close(isComplete: isWhole)
        }
        exchange.finish(.success(response))
    }
}
