import Documents
import Testing

@Suite struct `A CSV file` {
    @Test(arguments: [
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a;b\r\n1;2", [["a", "b"], ["1", "2"]]),
        ("a\tb\r1\t2\r", [["a", "b"], ["1", "2"]]),
        ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,\"b,;\"\n\"x\"\"y\",\"line\r\nbreak\"\n", [["a", "b,;"], ["x\"y", "line\r\nbreak"]]),
        ("a\n\"\"\n", [["a"], [""]]),
        ("a,b\n,\n", [["a", "b"], ["", ""]]),
        ("\"a;x\",b\n1,2", [["a;x", "b"], ["1", "2"]]),
        ("", []),
        ("\n\n", []),
    ])
    func `is read as it is written`(text: String, rows: [[String]]) {
        #expect(read(Array(text.utf8)).map(\.content) == rows.map { .success($0) })
    }

    @Test func `is read alike however it is cut`() {
        let text = Array("\u{FEFF}näme;\"phone\"\r\n\"Ada \"\"L\"\"\";+1\r\n\rÅsa;2\n\"open".utf8)
        let whole = read(text)
        #expect(whole.map(\.number) == [1, 2, 4, 5])
        for cut in 1..<text.count { #expect(read(Array(text[..<cut]), Array(text[cut...])) == whole) }
    }

    @Test(arguments: [true, false])
    func `may be UTF-16 with its mark`(isBig: Bool) {
        let bytes = utf16("name,city\nŽofie,東京 🏥\n", isBig)
        #expect(read(bytes).map(\.content) == [.success(["name", "city"]), .success(["Žofie", "東京 🏥"])])
        for cut in 1..<bytes.count { #expect(read(Array(bytes[..<cut]), Array(bytes[cut...])) == read(bytes)) }
    }

    @Test func `loses no row to a bad one before it`() {
        let text: [UInt8] =
            Array("a,b\n1,x\"y\n2,\"z\"w\n".utf8) + [0x33, 0x2C, 0xC3, 0x28, 0x0A] + Array("4,\0\n5,ok\n6,\"never".utf8)
        let rows = read(text)
        #expect(rows.map(\.number) == [1, 2, 3, 4, 5, 6, 7])
        #expect(
            rows.map(\.content) == [
                .success(["a", "b"]), .failure(.quoteInPlainField), .failure(.textAfterQuote), .failure(.encoding),
                .failure(.encoding), .success(["5", "ok"]), .failure(.quoteNotClosed),
            ])
    }

    @Test func `refuses a row beyond its bounds and goes on with the next line`() {
        let long = "a,b\n1,\"" + String(repeating: "x", count: 200) + "\n2,ok\n" + "1,2,3,4\n3,ok\n"
        let rows = read(Array(long.utf8), limits: .init(rowBytes: 50, fields: 3))
        #expect(
            rows.map(\.content) == [
                .success(["a", "b"]), .failure(.tooLong), .success(["2", "ok"]), .failure(.tooLong),
                .success(["3", "ok"]),
            ])
    }

    @Test func `is written so that it reads back, and starts no formula`() {
        var writer = CSVWriter(marksEncoding: true)
        writer.row(["name", "note", "phone"])
        writer.row(["=1+1", "say \"hi\", then\nstop", "+15550100001"])
        writer.row(["-12.50", "@cmd", "+1-555"])
        writer.row([""])
        let rows = read(writer.take())
        #expect(writer.bytes.isEmpty)
        #expect(
            rows.map(\.content) == [
                .success(["name", "note", "phone"]), .success(["'=1+1", "say \"hi\", then\nstop", "+15550100001"]),
                .success(["-12.50", "'@cmd", "'+1-555"]), .success([""]),
            ])
    }

    private func read(_ parts: [UInt8]..., limits: CSVReader.Limits = .init()) -> [CSVRow] {
        var reader = CSVReader(limits: limits)
        var rows: [CSVRow] = []
        for part in parts { reader.read(part) { rows.append($0) } }
        reader.finish { rows.append($0) }
        return rows
    }

    private func utf16(_ text: String, _ isBig: Bool) -> [UInt8] {
        ([0xFEFF] + Array(text.utf16)).flatMap { unit in
            isBig ? [UInt8(unit >> 8), UInt8(unit & 0xFF)] : [UInt8(unit & 0xFF), UInt8(unit >> 8)]
        }
    }
}
