import Synchronization
import Testing

@testable import HTTPServer

@Suite struct `The client and names` {
    @Test func `a name that changes its address gains nothing`() async throws {
        let answers = Mutex(["192.0.2.1", "127.0.0.1"].compactMap { SocketAddress(host: $0, port: 0) })
        try await `The client`.withServer { _ in
            .answer(.text("reached"))
        } _: { server, base in
            try await withClient(resolver: { _ in answers.withLock { [$0.removeFirst()] } }) { client in
                for host in ["192.0.2.1", "127.0.0.1"] {
                    guard
                        case .addressRefused(let address)? = await failure(client, try .get(base, policy: .publicOnly))
                    else {
                        Issue.record("\(host) was not refused")
                        return
                    }
                    #expect(address.host == host)
                }
                #expect(server.metrics.accepted == 0)
            }
        }
    }

    @Test func `only allowed addresses are connected to`() async throws {
        let all = ["10.0.0.1", "::1", "127.0.0.1"].compactMap { SocketAddress(host: $0, port: 0) }
        try await `The client`.withServer { _ in
            .answer(.text("reached"))
        } _: { _, base in
            try await withClient(resolver: { _ in all }) { client in
                let policy = AddressPolicy.listed([try #require(AddressBlock("127.0.0.0/8"))])
                #expect(try await client.send(.get(base, policy: policy)).address.host == "127.0.0.1")
            }
        }
    }

    @Test func `a connection made for one policy is not used under a stricter one`() async throws {
        try await `The client`.withServer { _ in
            .answer(.text("reached"))
        } _: { server, base in
            try await withClient { client in
                #expect(try await client.send(.get(base)).status == 200)
                guard case .addressRefused? = await failure(client, try .get(base, policy: .publicOnly)) else {
                    Issue.record("the connection was used")
                    return
                }
                #expect(server.metrics.requests == 1)
            }
        }
    }

    @Test func `the next address is tried when one does not answer`() async throws {
        let closed = try RawPeer().port
        try await `The client`.withServer({ $0.listeners = [.init(host: "127.0.0.1")] }) { _ in
            .answer(.text("reached"))
        } _: {
            _, base in
            // Nobody listens on the second of these addresses.
            let all = ["127.0.0.2", "127.0.0.1"].compactMap { SocketAddress(host: $0, port: 0) }
            try await withClient(resolver: { _ in all }) { client in
                #expect(try await client.send(.get(base)).address.host == "127.0.0.1")
                guard case .cannotConnect(let reason)? = await failure(client, try .get("http://a.example:\(closed)/"))
                else {
                    Issue.record("somebody answered")
                    return
                }
                #expect(reason.contains("refused"))
            }
        }
    }

    @Test func `a pinned address is asked, and judged`() async throws {
        try await `The client`.withServer { _ in
            .answer(.text("reached"))
        } _: { _, base in
            try await withClient(resolver: { _ in throw ClientError.invalidRequest }) { client in
                var request = try ClientRequest.get(base)
                guard case .cannotResolve? = await failure(client, request) else {
                    Issue.record("the name was resolved")
                    return
                }
                request.pinnedAddress = loopback
                #expect(try await client.send(request).status == 200)
                request.policy = .publicOnly
                guard case .addressRefused? = await failure(client, request) else {
                    Issue.record("the address was not judged")
                    return
                }
            }
        }
    }

    @Test func `the system knows this machine`() async throws {
        let found = try await onThread { Result { try SystemResolver.addresses(of: "localhost") } }.get()
        #expect(found.contains { $0.host == "127.0.0.1" || $0.host == "::1" })
        await #expect(throws: SystemResolver.Failure.self) {
            try await onThread { Result { try SystemResolver.addresses(of: "nobody.invalid") } }.get()
        }
    }
}
