import Testing

@testable import HTTPServer

@Suite struct `Fields written at once` {
    private func text(_ fields: HeaderFields) -> String { String(decoding: fields.bytes, as: UTF8.self) }

    @Test(
        arguments: zip(
            [0x00, 0x08, 0x0a, 0x0d, 0x1f, 0x7f, 0x09, 0x20, 0x7e, 0x80, 0x9f, 0xff] as [UInt8],
            [false, false, false, false, false, false, true, true, true, true, true, true]))
    func `hold every byte but control characters, wherever it stands`(_ byte: UInt8, isAllowed: Bool) {
        for length in 1...80 {
            for place in 0..<length {
                var value = [UInt8](repeating: 0x61, count: length)
                value[place] = byte
                var fields = HeaderFields()
                let wasAdded = fields.add(.location, bytes: value)
                #expect(wasAdded == isAllowed, "\(byte) at \(place) of \(length)")
                #expect(fields.bytes == (isAllowed ? Array("location: ".utf8) + value + [0x0d, 0x0a] : []))
            }
        }
    }

    @Test func `are the same from a line of the program`() {
        var lines = HeaderFields()
        lines.add("x-content-type-options: nosniff")
        lines.add("vary: Accept")
        var fields = HeaderFields()
        fields.add("x-content-type-options", "nosniff")
        fields.add(.vary, "Accept")
        #expect(lines == fields)
    }

    @Test func `take numbers into their places`() {
        let template = FieldTemplate([
            ("x-left", [.number]), ("ratelimit", ["\"a\";r=", .number, ";t=", .number]), ("x-end", ["none"]),
        ])
        var fields = HeaderFields()
        fields.add("x-first: 1")
        let numbers: [Int64] = [0, 9_999_999_999, -12]
        fields.add(template, numbers: numbers.span)
        #expect(text(fields) == "x-first: 1\r\nx-left: 0\r\nratelimit: \"a\";r=9999999999;t=-12\r\nx-end: none\r\n")
    }

    @Test(arguments: [Int64.min, -1, 0, 9, 10, 99, 100, 1_000_000_000_000_000_000, .max])
    func `write every number`(_ number: Int64) {
        var fields = HeaderFields()
        let numbers = [number]
        fields.add(FieldTemplate([("x", [.number])]), numbers: numbers.span)
        #expect(text(fields) == "x: \(number)\r\n")
    }

    @Test func `have 0 where no number is given, and leave out what must not be written`() {
        var fields = HeaderFields()
        fields.add(
            FieldTemplate([("date", [.number]), ("x", ["a\r\nb: ", .number]), ("y", [.number])]), numbers: [0].span)
        #expect(text(fields) == "y: 0\r\n")
        let none: [Int64] = []
        fields.add(FieldTemplate([("z", [.number])]), numbers: none.span)
        #expect(text(fields) == "y: 0\r\nz: 0\r\n")
    }
}

@Suite struct `The names of a head` {
    @Test func `are never missed`() {
        var names = NameSet()
        let all = (0..<500).map { "x-\($0)-" + String(repeating: "n", count: $0 % 40) } + ["a", "host", "accept"]
        for name in all {
            let bytes = Array(name.utf8)
            names.insert(first: bytes[0], last: bytes[bytes.count - 1], count: bytes.count)
            let isThere = bytes.withUnsafeBufferPointer { names.mayContain($0) }
            #expect(isThere, "\(name)")
        }
    }

    @Test func `are mostly known to be missing`() {
        var names = NameSet()
        for name in ["host", "user-agent", "accept", "authorization"] {
            let bytes = Array(name.utf8)
            names.insert(first: bytes[0], last: bytes[bytes.count - 1], count: bytes.count)
        }
        let asked: [HeaderName] = [
            .cookie, .ifMatch, .ifNoneMatch, .ifModifiedSince, .ifUnmodifiedSince, .origin, .acceptLanguage, .range,
            .xRequestID, .xCorrelationID, .upgrade, .contentType,
        ]
        let possible = asked.count { name in name.withBytes { names.mayContain($0) } }
        #expect(possible <= 3)
    }
}
