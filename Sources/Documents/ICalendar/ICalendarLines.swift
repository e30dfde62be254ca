import Time

/// Content lines, folded at 75 octets and never inside a character (RFC 5545 §3.1).
struct ICalendarLines {
    private(set) var bytes: [UInt8] = []

    /// Adds a line whose value needs no escaping.
    mutating func add(_ name: String, _ value: String) {
        var room = 75
        for character in "\(name):\(value)".unicodeScalars {
            let encoded = UTF8.encode(character) ?? UTF8.encodedReplacementCharacter
            if encoded.count > room {
                bytes += [0x0D, 0x0A, 0x20]
                room = 74
            }
            bytes += encoded
            room -= encoded.count
        }
        bytes += [0x0D, 0x0A]
    }

    /// Adds a value of type TEXT (§3.3.11).
    mutating func add(_ name: String, text: String) {
        var escaped = ""
        var sawReturn = false
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case ";": escaped += "\\;"
            case ",": escaped += "\\,"
            case "\n" where sawReturn: break
            case "\r", "\n": escaped += "\\n"
            // No other control characters are text.
            case "\u{0}"..."\u{8}", "\u{B}", "\u{C}", "\u{E}"..."\u{1F}", "\u{7F}": break
            default: escaped.unicodeScalars.append(character)
            }
            sawReturn = character == "\r"
        }
        add(name, escaped)
    }

    /// Adds an address, with what no address may hold percent-encoded.
    mutating func add(_ name: String, uri: String) {
        var encoded = ""
        for byte in uri.utf8 {
            if byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "<"),
                byte != UInt8(ascii: ">")
            {
                encoded.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                encoded += "%" + (digits.utf8.count == 1 ? "0" : "") + digits
            }
        }
        add(name, encoded)
    }

    /// A parameter's value, quoted; what cannot stand in quotes is written as RFC 6868 says.
    static func parameter(_ value: String) -> String {
        var result = "\""
        for character in value.unicodeScalars {
            switch character {
            case "^": result += "^^"
            case "\"": result += "^'"
            case "\n": result += "^n"
            case "\u{0}"..."\u{1F}", "\u{7F}": break
            default: result.unicodeScalars.append(character)
            }
        }
        return result + "\""
    }

    // MARK: Times

    mutating func add(_ name: String, utc instant: Instant) {
        add(name, Self.basic(Zone.utc.localTime(at: instant)) + "Z")
    }

    /// Adds a moment as the zone's clocks show it. Where they show a time twice, that means the first of both (§3.3.5), so
    /// the second is written in UTC.
    mutating func add(_ name: String, _ instant: Instant, in zone: Zone) {
        let local = zone.localTime(at: instant)
        if case .overlap(_, let later) = zone.instants(of: local), later == instant {
            return add(name, utc: instant)
        }
        guard zone != .utc else { return add(name, utc: instant) }
        add("\(name);TZID=\(zone.name)", Self.basic(local))
    }

    /// `20261128T093000`
    static func basic(_ local: LocalTime) -> String {
        let (year, month, day) = local.day.fields
        let date = padded(year, 4) + padded(month, 2) + padded(day, 2)
        return date + "T" + padded(local.time.hour, 2) + padded(local.time.minute, 2) + padded(local.time.second, 2)
    }

    static func padded(_ value: Int, _ digits: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }
}
