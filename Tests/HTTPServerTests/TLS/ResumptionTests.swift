import Testing

@testable import HTTPServer

@Suite struct `A TLS session` {
    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `is resumed, and again after the key of its ticket was replaced once`(version: String) async throws {
        try await withTLS { place in
            let workshop = try Workshop()
            let tickets = try #require(place.server.loops.first?.service.acceptor?.tickets)
            func begin() -> String {
                place.sClient("\(version) -servername a.example -sess_out s", in: workshop).output
            }
            func resume() -> String {
                place.sClient("\(version) -servername a.example -sess_in s", in: workshop).output
            }
            #expect(begin().contains("New, TLSv1"))
            #expect(resume().contains("Reused, TLSv1"))
            #expect(place.server.metrics.resumptions == 1)
            let now = EventLoop.monotonicMilliseconds()
            _ = tickets.sealing(at: now + tickets.lifetime)
            #expect(resume().contains("Reused, TLSv1"))
            _ = tickets.sealing(at: now + 2 * tickets.lifetime)
            #expect(resume().contains("New, TLSv1"))
            #expect(place.server.metrics.handshakes == 4)
        }
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `is not resumed with another owner's name`(version: String) async throws {
        try await withTLS { place in
            let workshop = try Workshop()
            _ = place.sClient("\(version) -servername a.example -sess_out s", in: workshop)
            let (_, output) = place.sClient("\(version) -servername b.example -sess_in s", in: workshop)
            #expect(output.contains("New, TLSv1"), "\(output)")
            #expect(place.server.metrics.resumptions == 0)
        }
    }

    @Test func `outlives a new certificate of the same owner`() async throws {
        try await withTLS { place in
            let workshop = try Workshop()
            _ = place.sClient("-servername a.example -sess_out s", in: workshop)
            place.certificates.use([
                .init(owner: "a.example", names: ["a.example"], identity: try place.authority.fresh("DNS:a.example"))
            ])
            #expect(place.sClient("-servername a.example -sess_in s", in: workshop).output.contains("Reused, TLSv1"))
        }
    }

    @Test func `has keys that are replaced by the clock`() throws {
        let keys = TicketKeys(lifetime: 3_600_000)
        let first = try #require(keys.sealing(at: 1000))
        #expect(keys.sealing(at: 3_600_999) === first)
        let second = try #require(keys.sealing(at: 3_601_000))
        #expect(second !== first)
        #expect(keys.opening(first.name, at: 3_601_000)?.isCurrent == false)
        #expect(keys.opening(second.name, at: 7_200_999)?.isCurrent == true)
        #expect(keys.opening(first.name, at: 7_201_000) == nil)
        // After a long silence the one before is too old as well.
        #expect(keys.opening(second.name, at: 20_000_000) == nil)
        #expect(keys.opening([UInt8](repeating: 0, count: 16).withUnsafeBytes { $0 }, at: 20_000_000) == nil)
    }
}
