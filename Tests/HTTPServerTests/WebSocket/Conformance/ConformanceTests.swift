import Testing
import WebSocketClient

@testable import HTTPServer

@Suite struct `The cases of Autobahn's suite` {
    // The arguments are numbers, not cases: the test library takes every argument apart, payloads too.
    @Test(arguments: ConformanceCase.framing.map(\.number)) func `1 framing`(_ number: String) async throws {
        try await run(number, of: ConformanceCase.framing)
    }
    @Test(arguments: ConformanceCase.pings.map(\.number)) func `2 pings and pongs`(_ number: String) async throws {
        try await run(number, of: ConformanceCase.pings)
    }
    @Test(arguments: ConformanceCase.reserved.map(\.number))
    func `3 reserved bits, 4 opcodes`(_ number: String) async throws {
        try await run(number, of: ConformanceCase.reserved)
    }
    @Test(arguments: ConformanceCase.fragments.map(\.number)) func `5 fragments`(_ number: String) async throws {
        try await run(number, of: ConformanceCase.fragments)
    }
    @Test(arguments: ConformanceCase.text.map(\.number)) func `6 UTF-8, in pieces`(_ number: String) async throws {
        try await run(number, of: ConformanceCase.text)
    }
    @Test(arguments: 5...23) func `6 UTF-8, sequences of a kind`(_ group: Int) async throws {
        try await run(ConformanceCase.sequences.filter { $0.number.hasPrefix("6.\(group).") })
    }
    @Test(arguments: ConformanceCase.closing.map(\.number)) func `7 closing`(_ number: String) async throws {
        try await run(number, of: ConformanceCase.closing)
    }
    @Test(arguments: ConformanceCase.volumes) func `9 volume`(_ number: String) async throws {
        try await run([try #require(ConformanceCase.volume(number))])
    }
    @Test(arguments: ConformanceCase.roundTrips.map(\.number)) func `9 round trips`(_ number: String) async throws {
        try await run(number, of: ConformanceCase.roundTrips)
    }
    @Test func `10 automatic fragments`() async throws { try await run([ConformanceCase.autoFragments]) }

    @Test func `are all told anew`() {
        let numbers =
            (ConformanceCase.single + ConformanceCase.sequences + ConformanceCase.roundTrips).map(\.number)
            + ConformanceCase.volumes + [ConformanceCase.autoFragments.number]
        #expect(Set(numbers).count == numbers.count)
        let counts = Dictionary(grouping: numbers) { $0.prefix { $0 != "." } }.mapValues(\.count)
        #expect(counts == ["1": 16, "2": 11, "3": 7, "4": 10, "5": 20, "6": 145, "7": 37, "9": 54, "10": 1])
    }

    private func run(_ number: String, of cases: [ConformanceCase]) async throws {
        let found = cases.filter { $0.number == number }
        #expect(found.count == 1)
        try await run(found)
    }

    private func run(_ cases: [ConformanceCase]) async throws {
        try await withServer({ _ in }, Echo.route()) { server, port in
            for one in cases { try Self.run(one, server, port) }
        }
    }

    private static func run(_ one: ConformanceCase, _ server: Server, _ port: UInt16) throws {
        let client = try WebSocketClient(port: port)
        #expect(client.status == 101)
        for step in one.steps {
            switch step {
            case .frame(let frame, let chop): try client.send(frame, chop: chop)
            case .bytes(let bytes): try client.send(bytes)
            case .late(let frame): try? client.send(frame)
            case .expect(let event):
                let got = client.receive()
                guard got == event else {
                    Issue.record("\(one.number): \(got) instead of \(event)")
                    return
                }
            case .silence:
                // All that is sent has been read when a loop has gone round a few times with it in the kernel.
                for _ in 0..<4 {
                    for loop in server.loops {
                        let turned = Signal()
                        loop.submit { turned.set() }
                        turned.waitBlocking()
                    }
                }
                #expect(!client.hasInput, "\(one.number)")
            }
        }
        for answer in one.answers {
            let got = client.receive()
            // Large messages are not printed.
            let isSame = got == answer
            #expect(isSame, "\(one.number)")
            guard isSame else { return }
        }
        switch one.ending {
        case .normal:
            try client.send(.close(1000))
            #expect(client.receiveAll() == [.close(1000, "")], "\(one.number)")
        case .failed(let codes): expectClose(client.receiveAll(), Set(codes.map { $0 }), one.number)
        case .answered(let codes): expectClose(client.receiveAll(), codes, one.number)
        }
    }

    private static func expectClose(_ events: [WebSocketClient.Event], _ codes: Set<UInt16?>, _ number: String) {
        guard events.count == 1, case .close(let code, _) = events[0], codes.contains(code) else {
            Issue.record("\(number): ended with \(events)")
            return
        }
    }
}
