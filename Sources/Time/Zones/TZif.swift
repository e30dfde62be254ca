/// A TZif file (RFC 9636, versions 1 to 4), read and checked. Where there is 64-bit data, only that is read.
struct TZif {
    /// How a file breaks the RFC, in words for the operator.
    struct Damage: Error {
        let text: String

        init(_ text: String) { self.text = text }
    }

    /// The numbers of a header, in the order of the RFC.
    private struct Header {
        var version: UInt8
        var utcIndicators: Int
        var standardIndicators: Int
        var leapSeconds: Int
        var transitions: Int
        var types: Int
        var abbreviationBytes: Int

        /// The size of the data block that follows, with times of `width` bytes.
        func size(width: Int) -> Int {
            transitions * (width + 1) + types * 6 + abbreviationBytes + leapSeconds * (width + 4) + standardIndicators
                + utcIndicators
        }
    }

    /// How many bytes a zone's file may have; the system's largest has under 4 KB.
    static let sizeLimit = 1 << 20

    private var reader: ByteReader

    /// Whether the file begins as a TZif file does.
    static func hasMagic(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "TZif".utf8) }

    /// Reads the rules of zone `name` from its file's bytes.
    static func rules(named name: String, from bytes: [UInt8]) throws(Damage) -> ZoneRules {
        var file = TZif(reader: ByteReader(bytes))
        return try file.rules(named: name)
    }

    private mutating func rules(named name: String) throws(Damage) -> ZoneRules {
        var header = try header()
        guard header.version != 0 else { return try block(header, width: 4, name: name, isLast: true) }
        guard reader.skip(header.size(width: 4)) else { throw Damage("the 32-bit data is cut short") }
        header = try self.header()
        return try block(header, width: 8, name: name, isLast: false)
    }

    private mutating func header() throws(Damage) -> Header {
        guard reader.bytes(4).map(Self.hasMagic) == true else { throw Damage("a header does not begin with TZif") }
        guard let version = reader.unsigned(1), reader.skip(15) else { throw Damage("a header is cut short") }
        var counts: [Int] = []
        for _ in 0..<6 {
            guard let count = reader.unsigned(4) else { throw Damage("a header is cut short") }
            counts.append(Int(count))
        }
        let header = Header(
            version: UInt8(truncatingIfNeeded: version), utcIndicators: counts[0], standardIndicators: counts[1],
            leapSeconds: counts[2], transitions: counts[3], types: counts[4], abbreviationBytes: counts[5])
        guard 1...256 ~= header.types else { throw Damage("it must have 1 to 256 local time types") }
        return header
    }

    private mutating func block(
        _ header: Header, width: Int, name: String, isLast: Bool
    ) throws(Damage) -> ZoneRules {
        guard header.leapSeconds == 0 else { throw Damage("its times count leap seconds, POSIX time does not") }
        guard reader.remaining >= header.size(width: width) else { throw Damage("the data is cut short") }
        let times = try times(header.transitions, width: width)
        let indices = try typeIndices(header)
        var types = try types(header)
        guard reader.skip(header.standardIndicators + header.utcIndicators) else {
            throw Damage("the data is cut short")
        }
        let footer = isLast ? nil : try footer(addingTo: &types)
        return Self.bounded(name: name, times: times, indices: indices, types: types, footer: footer)
    }

    private mutating func times(_ count: Int, width: Int) throws(Damage) -> [Int64] {
        var times: [Int64] = []
        times.reserveCapacity(count)
        for _ in 0..<count {
            guard let time = reader.signed(width) else { throw Damage("the data is cut short") }
            if let last = times.last, last >= time { throw Damage("its transitions are not in order") }
            times.append(time)
        }
        return times
    }

    private mutating func typeIndices(_ header: Header) throws(Damage) -> [Int] {
        guard let indices = reader.bytes(header.transitions) else { throw Damage("the data is cut short") }
        guard indices.allSatisfy({ Int($0) < header.types }) else {
            throw Damage("a transition names a type that is not there")
        }
        return indices.map(Int.init)
    }

    private mutating func types(_ header: Header) throws(Damage) -> [LocalType] {
        guard let records = reader.bytes(header.types * 6), let names = reader.bytes(header.abbreviationBytes) else {
            throw Damage("the data is cut short")
        }
        var records6 = ByteReader(records)
        var types: [LocalType] = []
        for _ in 0..<header.types {
            guard let offset = records6.signed(4), let daylight = records6.unsigned(1), let index = records6.unsigned(1)
            else { throw Damage("the data is cut short") }
            // RFC 9636 §3.2: more than -25 hours and less than 26.
            guard -89_999...93_599 ~= offset else { throw Damage("an offset from UTC is out of range") }
            guard daylight <= 1 else { throw Damage("a daylight saving mark is neither 0 nor 1") }
            guard index < names.count, let end = names[Int(index)...].firstIndex(of: 0) else {
                throw Damage("an abbreviation is not there")
            }
            types.append(
                LocalType(
                    offset: Int(offset), isDaylight: daylight == 1,
                    abbreviation: String(decoding: names[Int(index)..<end], as: UTF8.self)))
        }
        return types
    }

    /// Reads the footer and gives its types a place among the others; nil where it is empty.
    private mutating func footer(addingTo types: inout [LocalType]) throws(Damage) -> FooterRule? {
        guard reader.unsigned(1) == 10, let line = reader.line() else { throw Damage("the footer is cut short") }
        if line.isEmpty { return nil }
        guard let text = FooterText(line.span) else {
            throw Damage("the footer “\(String(decoding: line, as: UTF8.self))” is not a TZ string")
        }
        func place(_ type: LocalType) -> Int {
            if let index = types.firstIndex(of: type) { return index }
            types.append(type)
            return types.count - 1
        }
        var rule = FooterRule(standard: place(text.standard), standardOffset: Int64(text.standard.offset))
        if let type = text.daylight, let start = text.start, let end = text.end {
            rule.daylight = FooterRule.Daylight(type: place(type), offset: Int64(type.offset), start: start, end: end)
        }
        return rule
    }

    /// Moves transitions before the years of `Instant` to their beginning, and those after them to just beyond their
    /// end, so that adding an offset to any of them cannot overflow. Only one is kept at either side.
    private static func bounded(
        name: String, times: [Int64], indices: [Int], types: [LocalType], footer: FooterRule?
    ) -> ZoneRules {
        let (earliest, beyond) = (Instant.minimum.seconds, Instant.maximum.seconds + 1)
        var transitions: [Int64] = []
        var typeAfter: [Int] = []
        for (time, index) in zip(times, indices) {
            if time <= earliest {
                transitions = [earliest]
                typeAfter = [index]
            } else if (transitions.last ?? earliest) < beyond {
                transitions.append(min(time, beyond))
                typeAfter.append(index)
            }
        }
        return ZoneRules(name: name, transitions: transitions, typeAfter: typeAfter, types: types, footer: footer)
    }
}
