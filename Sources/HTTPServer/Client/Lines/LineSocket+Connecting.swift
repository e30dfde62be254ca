internal import CLinux
internal import Glibc
internal import Synchronization

extension LineSocket {
    /// Looks the name up, and tries the addresses that the policy allows.
    func connect() {
        if let address = target.address { return resolved(.success([address])) }
        let (resolver, host) = (core.resolver, target.host)
        lookup = Task.detached { [self] in
            let result: Result<[SocketAddress], ClientError>
            do { result = .success(try await resolver(host)) } catch { result = .failure(.cannotResolve("\(error)")) }
            core.loop.submit { [self] in resolved(result) }
        }
    }

    private func resolved(_ result: Result<[SocketAddress], ClientError>) {
        guard case .new = state else { return }
        switch result {
        case .failure(let error): fail(error)
        case .success(let addresses):
            guard let first = addresses.first else { return fail(.cannotResolve("no address")) }
            candidates = addresses.filter { target.policy.allows($0) }.prefix(4).reversed()
            guard !candidates.isEmpty else { return fail(.addressRefused(first)) }
            connectNext()
        }
    }

    private func connectNext() {
        attempt?.cancel()
        drop()
        guard let address = candidates.popLast()?.withPort(target.port) else { return fail(.cannotConnect(refusal)) }
        let descriptor = clinux_stream_socket(address.isIPv6 ? AF_INET6 : AF_INET)
        guard descriptor >= 0 else { return fail(.cannotConnect(ClientCore.words(errno))) }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var (storage, length) = address.storage
        guard clinux_connect(descriptor, &storage, length) == 0 || errno == EINPROGRESS else {
            refusal = ClientCore.words(errno)
            Glibc.close(descriptor)
            return connectNext()
        }
        isLoopback.store(Self.isLoopback(address), ordering: .releasing)
        guard watch(descriptor) else {
            Glibc.close(descriptor)
            return fail(.cannotConnect("the poller refuses the socket"))
        }
        // Each address gets its share of the time.
        guard !candidates.isEmpty else { return }
        let share = max((connectDeadline - core.loop.now) / Int64(candidates.count + 1), 1)
        attempt = core.loop.schedule(after: .milliseconds(share)) { [weak self] in
            guard let self, case .connecting = state else { return }
            refusal = "no answer"
            connectNext()
        }
    }

    /// What the poller says of an address that is being tried.
    func connected(_ flags: UInt32) {
        guard let transport else { return }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        let asked = getsockopt(transport.descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        guard asked == 0, code == 0 else {
            refusal = ClientCore.words(asked == 0 ? code : errno)
            return connectNext()
        }
        guard flags & CLINUX_EPOLLOUT != 0 else { return }
        attempt?.cancel()
        guard target.isSecure else { return opened() }
        self.transport = .tls(TLSSession(transport.descriptor, .client(trust, host: target.host, isHTTP: false)))
        shakeHands()
    }

    private static func isLoopback(_ address: SocketAddress) -> Bool {
        address.isIPv6 ? address.high == 0 && address.low == 1 : address.low >> 24 & 0xFF == 127
    }
}
