import Testing

@testable import HTTPServer

@Suite struct `Header fields` {
    @Test func `are encoded in order`() {
        var fields = HeaderFields()
        fields.add(.contentType, "text/plain")
        fields.add("x-count", 42)
        fields.add(.setCookie, bytes: Array("a=b".utf8))
        fields.add(.setCookie, "c=é")
        #expect(
            String(decoding: fields.bytes, as: UTF8.self)
                == "content-type: text/plain\r\nx-count: 42\r\nset-cookie: a=b\r\nset-cookie: c=é\r\n")
        #expect(fields.values(.setCookie) == ["a=b", "c=é"])
        #expect(fields.values("x-coun") == [])
    }

    @Test(arguments: ["a\r\nb: c", "a\n", "\r", "a\0b", "\u{1}", "\u{7f}", "12345678\u{b}"])
    func `drop a value that could break out`(_ value: String) {
        var fields = HeaderFields()
        let wasAdded = fields.add(.location, value)
        #expect(!wasAdded)
        #expect(fields.bytes.isEmpty)
    }

    @Test func `are given without those of a name`() {
        var fields = HeaderFields()
        fields.add(.etag, "a")
        fields.add("etag-like", "b")
        fields.add(.vary, "c")
        fields.add(.etag, "d")
        #expect(String(decoding: fields.without(.etag).bytes, as: UTF8.self) == "etag-like: b\r\nvary: c\r\n")
        #expect(fields.without("nothing") == fields)
    }

    @Test func `may hold a tab`() {
        var fields = HeaderFields()
        let wasAdded = fields.add(.location, "a\tb")
        #expect(wasAdded)
    }

    @Test(arguments: [HeaderName.connection, .contentLength, .transferEncoding, .date, "keep-alive"])
    func `leave the server its own`(_ name: HeaderName) {
        var fields = HeaderFields()
        let wasAdded = fields.add(name, "1")
        #expect(!wasAdded)
        #expect(fields.bytes.isEmpty)
    }

    @Test func `have names that are tokens`() {
        // From a text: one written in the program is in lower case already.
        let typed = "X-Custom"
        #expect(HeaderName(typed) == "x-custom")
        for wrong in ["", "a b", "a:", "é", "a\r\n"] { #expect(HeaderName(wrong) == nil) }
    }
}

@Suite struct `The date field` {
    @Test(arguments: [
        (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
        (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"), (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
    ])
    func `is written as RFC 9110 has it`(_ seconds: Int, _ expected: String) {
        var date = HTTPDate()
        date.set(seconds)
        #expect(String(decoding: date.field, as: UTF8.self) == "date: \(expected)\r\n")
    }
}

@Suite struct `A socket address` {
    @Test(arguments: [
        ("127.0.0.1", "127.0.0.1:80"), ("localhost", "127.0.0.1:80"), ("::1", "[::1]:80"),
        ("2001:DB8:0:0:0:0:0:1", "[2001:db8::1]:80"),
    ])
    func `is read and written`(_ host: String, _ expected: String) throws {
        let address = try #require(SocketAddress(host: host, port: 80))
        #expect(address.description == expected)
        #expect(SocketAddress(address.storage.0) == address)
        #expect(address.bytes.count == (address.isIPv6 ? 16 : 4))
    }

    @Test func `is IPv4 when it is only mapped into IPv6`() throws {
        let mapped = try #require(SocketAddress(host: "::ffff:10.0.0.1", port: 1))
        #expect(SocketAddress(mapped.storage.0)?.description == "10.0.0.1:1")
    }

    @Test(arguments: ["", "example.com", "1.2.3", "::g"])
    func `is nothing else`(_ host: String) { #expect(SocketAddress(host: host, port: 1) == nil) }
}

@Suite struct `The timer wheel` {
    private func due(_ wheel: inout TimerWheel, _ now: Int64) -> [UInt32] {
        wheel.takeDue(now).compactMap { if case .connection(let id) = $0.0 { id.slot } else { nil } }
    }

    private func entry(_ number: UInt32) -> TimerWheel.Entry { .connection(ConnectionID(slot: number, generation: 1)) }

    @Test func `fires each entry once, at its time and not before`() {
        var random = SplitMix(state: 7)
        var wheel = TimerWheel(now: 1000)
        let deadlines = (0..<500).map { _ in Int64.random(in: 1001...60_000, using: &random) }
        for (number, deadline) in deadlines.enumerated() { _ = wheel.insert(entry(UInt32(number)), deadline: deadline) }
        var fired: Set<UInt32> = []
        var now: Int64 = 1000
        while wheel.count > 0 {
            now += Int64(max(wheel.timeout(now), 1))
            for number in due(&wheel, now) {
                let deadline = deadlines[Int(number)]
                #expect(deadline <= now && now - deadline <= 64)
                #expect(fired.insert(number).inserted)
            }
        }
        #expect(fired.count == 500)
        #expect(wheel.timeout(now) == -1)
    }

    @Test func `brings what lies beyond its reach round early`() {
        var wheel = TimerWheel(now: 0)
        _ = wheel.insert(entry(1), deadline: 1_000_000)
        #expect(due(&wheel, 60_000) == [])
        #expect(due(&wheel, 70_000) == [1])
    }

    @Test func `catches up after a long sleep`() {
        var wheel = TimerWheel(now: 0)
        for number in 0..<10 { _ = wheel.insert(entry(UInt32(number)), deadline: Int64(number) * 1000) }
        #expect(Set(due(&wheel, 10_000_000)) == Set(0..<10))
        _ = wheel.insert(entry(11), deadline: 10_000_100)
        #expect(due(&wheel, 10_000_200) == [11])
    }
}

@Suite struct `The output queue` {
    /// What one gathering write would send.
    private func front(_ queue: OutputQueue, _ limit: Int, bytes: Int = .max) -> [UInt8] {
        queue.withParts(limit, bytes: bytes) { parts in
            // struct iovec { void *base; size_t length; }
            UnsafeRawBufferPointer(parts).bindMemory(to: (UnsafeRawPointer?, Int).self).flatMap {
                Array(UnsafeRawBufferPointer(start: $0.0, count: $0.1))
            }
        }
    }

    @Test func `gives back what was put in, however it is taken`() {
        var random = SplitMix(state: 3)
        for _ in 0..<10 {
            var queue = OutputQueue()
            var put: [UInt8] = []
            var taken: [UInt8] = []
            for round in 0..<40 {
                let size = round % 9 == 0 ? OutputQueue.joinLimit + round : Int.random(in: 1...5000, using: &random)
                let bytes = (0..<size).map { UInt8(truncatingIfNeeded: put.count + $0 * 7) }
                put += bytes
                if Bool.random(using: &random) {
                    queue.append(bytes)
                } else {
                    bytes.withUnsafeBytes { queue.append(copying: $0) }
                }
                let first = front(queue, 4)
                for bytes in [1, 3000, OutputQueue.joinLimit] {
                    #expect(front(queue, 4, bytes: bytes) == Array(first.prefix(bytes)))
                }
                let count = Int.random(in: 0...first.count, using: &random)
                taken += first[..<count]
                queue.drop(count)
                #expect(queue.count == put.count - taken.count)
            }
            while !queue.isEmpty {
                let first = front(queue, 8)
                taken += first
                queue.drop(first.count)
            }
            #expect(taken == put)
        }
    }
}

@Suite struct `The queue of turns` {
    @Test func `gives everyone a turn, first come first served, so many at a time`() {
        var random = SplitMix(state: 7)
        var queue = TurnQueue<Int>()
        var (next, taken) = (0, [Int]())
        for _ in 0..<2000 {
            for _ in 0..<Int.random(in: 0...9, using: &random) {
                queue.append(next)
                next += 1
            }
            let limit = Int.random(in: 1...9, using: &random)
            let turn = queue.take(limit)
            #expect(turn.count == min(limit, next - taken.count))
            taken += turn
            #expect(queue.isEmpty == (taken.count == next))
        }
        while !queue.isEmpty { taken += queue.take(3) }
        #expect(taken == Array(0..<next))
        #expect(queue.take(1) == [])
    }
}
