import Testing

@testable import Host

@Suite struct `Byte ranges` {
    private static func ranges(_ field: String, of length: Int = 1000) -> ByteRanges {
        ByteRanges(Array("x\(field)y".utf8)[1..<field.utf8.count + 1], length: length)
    }

    @Test(arguments: [
        // RFC 9110 §14.1.2
        ("bytes=0-499", [0..<500]), ("bytes=500-999", [500..<1000]), ("bytes=-500", [500..<1000]),
        ("bytes=900-", [900..<1000]), ("bytes=0-0,-1", [0..<1, 999..<1000]), ("bytes= 0-9, 20-29", [0..<10, 20..<30]),
        ("bytes=500-600,601-999", [500..<601, 601..<1000]), ("bytes=500-700,601-999", [500..<701, 601..<1000]),
        ("Bytes=0-1", [0..<2]), ("bytes=0-9999", [0..<1000]), ("bytes=-9999", [0..<1000]), ("bytes=999-", [999..<1000]),
        ("bytes=0-1,5000-", [0..<2]), ("bytes=,0-1,,", [0..<2]), ("bytes=0-1\t,\t3-4 ", [0..<2, 3..<5]),
        ("bytes=0-99999999999999999999999", [0..<1000]), ("bytes=-99999999999999999999999", [0..<1000]),
        ("bytes=20-29,0-9", [20..<30, 0..<10]),
    ])
    func `are what exists of them, in the order asked for`(_ field: String, _ expected: [Range<Int>]) {
        #expect(Self.ranges(field) == .ranges(expected))
    }

    @Test(arguments: [
        "bytes=1000-", "bytes=1000-1001", "bytes=-0", "bytes=99999999999999999999999-", "bytes=5000-,6000-",
    ])
    func `cannot be had past the end`(_ field: String) { #expect(Self.ranges(field) == .unsatisfiable) }

    @Test(arguments: ["bytes=0-", "bytes=-5", "bytes=0-0"])
    func `cannot be had of nothing`(_ field: String) { #expect(Self.ranges(field, of: 0) == .unsatisfiable) }

    @Test(arguments: [
        "", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=a-b", "bytes=0", "bytes=5-4", "bytes=0-1,5-4", "bytes=--1",
        "bytes=0-1-2", "bytes=+0-1", "bytes=0x0-1", "bytes=0 - 1", "bytes =0-1", "items=0-1", "byte=0-1", "bytes:0-1",
        "bytes=0-1;2-3",
    ])
    func `that are malformed or of another unit are ignored`(_ field: String) {
        #expect(Self.ranges(field) == .ignored)
    }

    @Test func `are few, and hardly overlap`() {
        let many = (0..<ByteRanges.countLimit).map { "\($0 * 2)-\($0 * 2)" }.joined(separator: ",")
        guard case .ranges(let found) = Self.ranges("bytes=" + many) else {
            Issue.record("as many as are allowed")
            return
        }
        #expect(found.count == ByteRanges.countLimit)
        #expect(Self.ranges("bytes=" + many + ",900-") == .ignored)
        #expect(Self.ranges("bytes=0-,0-,0-") == .ranges([0..<1000, 0..<1000, 0..<1000]))
        #expect(Self.ranges("bytes=0-,0-,0-,0-") == .ignored)
    }
}
