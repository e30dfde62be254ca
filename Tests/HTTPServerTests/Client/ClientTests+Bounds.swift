import Synchronization
import Testing

@testable import HTTPServer

// What bounds a request: connections, time, its task, a failing target, the end of the client.
extension `The client` {
    @Test func `bounds its connections and lets the others wait their turn`() async throws {
        let gate = Gate()
        try await Self.withServer { _ in
            .later { _ in
                await gate.wait()
                return .text("done")
            }
        } _: { server, base in
            try await withClient({
                $0.connectionsPerTarget = 2
                $0.waitingPerTarget = 3
            }) { client in
                let outcomes = try await withThrowingTaskGroup(of: ClientError?.self) { group in
                    for _ in 0..<6 { group.addTask { await failure(client, try .get(base + "/")) } }
                    // Two run, three wait, and one is refused at once.
                    #expect(try await group.next() == .overloaded)
                    gate.open()
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(outcomes == [nil, nil, nil, nil, nil])
                #expect(server.metrics.accepted == 2)
            }
        }
    }

    @Test func `gives an idle connection of one target up for another`() async throws {
        try await Self.withServer { _ in
            .answer(.text("one"))
        } _: { first, one in
            try await Self.withServer { _ in
                .answer(.text("two"))
            } _: { second, two in
                try await withClient({ $0.connections = 1 }) { client in
                    for _ in 0..<3 {
                        let bodies = [try await client.send(.get(one)).body, try await client.send(.get(two)).body]
                        #expect(bodies == [Array("one".utf8), Array("two".utf8)])
                    }
                    #expect(client.metrics.connections == 1)
                    #expect(first.metrics.accepted == 3)
                }
            }
        }
    }

    @Test func `keeps to its time-outs`() async throws {
        let gate = Gate()
        try await Self.withServer { request in
            if request.string(request.path) == "/drip" {
                return .answer(
                    Response(
                        status: 200,
                        body: .stream(length: 10) { writer in
                            try await writer.write("a")
                            await gate.wait()
                        }))
            }
            return .later { _ in
                await gate.wait()
                return .text("late")
            }
        } _: { server, base in
            try await withClient(resolver: { host in
                if host == "never.example" { await gate.wait() }
                return [loopback]
            }) { client in
                var slow = try ClientRequest.get(base + "/")
                slow.firstByteTimeout = .milliseconds(50)
                #expect(await failure(client, slow) == .timedOut(.firstByte))
                slow = try ClientRequest.get(base + "/drip")
                slow.totalTimeout = .milliseconds(100)
                #expect(await failure(client, slow) == .timedOut(.total))
                slow = try ClientRequest.get("http://never.example/")
                slow.connectTimeout = .milliseconds(50)
                #expect(await failure(client, slow) == .timedOut(.connect))
                slow.totalTimeout = .zero
                #expect(await failure(client, slow) == .timedOut(.total))
                await onThread { wait { client.metrics.connections == 0 } }
                gate.open()
                await onThread { wait { server.metrics.open == 0 } }
            }
        }
    }

    @Test func `closes the connection of a request whose task is cancelled`() async throws {
        let gate = Gate()
        try await Self.withServer { _ in
            .later { _ in
                await gate.wait()
                return .text("late")
            }
        } _: { server, base in
            try await withClient { client in
                let request = try ClientRequest.get(base)
                let task = Task { await failure(client, request) }
                await onThread { wait { server.metrics.requests == 1 } }
                task.cancel()
                #expect(await task.value == .cancelled)
                await onThread { wait { client.metrics.connections == 0 } }
                // Before it has begun.
                let early = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return await failure(client, request)
                }
                #expect(await early.value == .cancelled)
                gate.open()
            }
        }
    }

    @Test func `leaves a target alone that fails, and tries it again`() async throws {
        let isWell = Atomic<Bool>(false)
        try await Self.withServer { _ in
            .answer(.text("x", status: isWell.load(ordering: .sequentiallyConsistent) ? 200 : 503))
        } _: { server, base in
            try await withClient({
                $0.circuit = CircuitBreaker.Configuration()
                $0.circuit?.recovery = .milliseconds(50)
            }) { client in
                let request = try ClientRequest.get(base)
                for _ in 0..<5 { #expect(try await client.send(request).status == 503) }
                guard case .circuitOpen? = await failure(client, request) else {
                    Issue.record("the circuit is closed")
                    return
                }
                #expect(server.metrics.requests == 5)
                #expect(client.breakers?.metrics[base]?.openings == 1)
                isWell.store(true, ordering: .sequentiallyConsistent)
                var status = 0
                while status != 200 {
                    do throws(ClientError) { status = try await client.send(request).status } catch {
                        await Task.yield()
                    }
                }
                #expect(client.breakers?.metrics[base]?.state == .closed)
            }
        }
    }

    @Test func `ends what is under way when it is closed`() async throws {
        let gate = Gate()
        try await Self.withServer { _ in
            .later { _ in
                await gate.wait()
                return .text("late")
            }
        } _: { server, base in
            let trust = try await onThread { Result { try Authority.shared.trust } }.get()
            let client = HTTPClient(ClientConfiguration(resolver: { _ in [loopback] }, trust: trust))
            let request = try ClientRequest.get(base)
            let task = Task { await failure(client, request) }
            await onThread { wait { server.metrics.requests == 1 } }
            await client.close()
            #expect(await task.value == .closed)
            #expect(await failure(client, request) == .closed)
            gate.open()
        }
    }
}
