import Testing

@testable import HTTPServer

@Suite struct `An address policy` {
    private func address(_ text: String) throws -> SocketAddress { try #require(SocketAddress(host: text, port: 80)) }

    @Test(arguments: [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.0.1",
        "198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1",
        "255.255.255.255",
        "::", "::1", "::7f00:1", "::10.0.0.1", "::8.8.8.8", "::ffff:127.0.0.1", "::ffff:10.1.2.3", "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::8.8.8.8", "100::1",
        "2001::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1",
        "2002:7f00:1::1", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1",
        "ff02::1",
        "4000::1", "ffff::1",
    ])
    func `keeps from addresses that are not public`(text: String) throws {
        #expect(!AddressPolicy.publicOnly.allows(try address(text)))
        #expect(AddressPolicy.anything.allows(try address(text)))
    }

    @Test(arguments: [
        "1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.1", "192.167.255.255", "192.169.0.0",
        "198.17.255.255", "198.20.0.0", "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2001:200::1",
        "2001:4860:4860::8888", "2606:4700::1111", "2a00::1", "2003::1",
    ])
    func `lets go to addresses that are`(text: String) throws {
        #expect(AddressPolicy.publicOnly.allows(try address(text)))
        #expect(!AddressPolicy.listed([]).allows(try address(text)))
    }

    @Test func `may list what is allowed`() throws {
        let office = try #require(AddressBlock("10.1.0.0/16"))
        let listed = AddressPolicy.listed([office])
        #expect(listed.allows(try address("10.1.2.3")))
        #expect(listed.allows(try address("::ffff:10.1.2.3")))
        #expect(!listed.allows(try address("10.2.0.1")))
        #expect(!listed.allows(try address("8.8.8.8")))
        let both = AddressPolicy.publicAnd([office])
        #expect(both.allows(try address("10.1.2.3")))
        #expect(both.allows(try address("8.8.8.8")))
        #expect(!both.allows(try address("10.2.0.1")))
    }
}
