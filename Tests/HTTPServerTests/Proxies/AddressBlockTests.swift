import Testing

@testable import HTTPServer

@Suite struct `A block of addresses` {
    @Test(arguments: [
        ("192.0.2.0/24", "192.0.2.0", true), ("192.0.2.0/24", "192.0.2.255", true),
        ("192.0.2.0/24", "192.0.3.0", false), ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false),
        ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::1", false), ("10.0.0.0/8", "10.255.0.1", true),
        ("10.0.0.0/7", "11.0.0.1", true), ("10.0.0.0/7", "12.0.0.1", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::1", false),
        ("2001:db8::/65", "2001:db8::7fff:0:0:1", true), ("2001:db8::/65", "2001:db8::8000:0:0:1", false),
        ("2001:db8::/64", "2001:db8::ffff:0:0:1", true), ("::1", "::1", true), ("::1/128", "::2", false),
        ("::/0", "2001:db8::1", true), ("::/0", "192.0.2.1", false),
    ])
    func `holds what begins with its prefix`(_ block: String, _ address: String, _ isIn: Bool) throws {
        let block = try #require(AddressBlock(block))
        #expect(block.contains(try #require(SocketAddress(host: address, port: 9))) == isIn)
    }

    @Test(arguments: [
        "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "10.0.0.0/0008",
        "10.0.0.1/8", "::1/129", "2001:db8::1/32", "localhost", "example.com", "10.0.0/8", "10.0.0.0 /8",
    ])
    func `is nothing else`(_ text: String) { #expect(AddressBlock(text) == nil) }
}
