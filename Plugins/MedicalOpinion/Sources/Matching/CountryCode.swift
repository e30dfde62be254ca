internal import PluginAPI

/// The countries that have a code of two letters (ISO 3166-1 alpha-2).
enum CountryCode {
    static let all: [String] = """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA \
        CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA \
        GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
        KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS \
        MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS \
        RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW \
        TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """.split(separator: " ").map(String.init)
    private static let known = Set(all)

    /// The code as it is written, whatever its letters' case; nil for what is none.
    static func code(_ text: String) -> String? {
        let code = text.uppercased()
        return known.contains(code) ? code : nil
    }

    static let schema = Schema<String>.text(
        JSONSchema(["type": "string", "minLength": 2, "maxLength": 2]),
        allowed: "a country's code of two letters (ISO 3166-1), such as US", sample: { all[$0 % all.count] },
        parse: code,
        write: { $1.value($0) })

    /// A region, such as a state, by its own code (ISO 3166-2).
    static let region = Schema<String>.text(
        JSONSchema(["type": "string", "pattern": "^[A-Z]{2}-[A-Z0-9]{1,3}$"]),
        allowed: "a region's code (ISO 3166-2), such as US-MA", sample: { "US-M\($0 % 10)" },
        parse: { text in
            let parts = text.uppercased().split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 2, code(String(parts[0])) != nil, isRegion(parts[1]) else { return nil }
            return parts.joined(separator: "-")
        }, write: { $1.value($0) })

    /// Whether it may stand behind the dash of a region's code.
    static func isRegion(_ text: Substring) -> Bool {
        (1...3).contains(text.count) && text.utf8.allSatisfy { (65...90).contains($0) || (48...57).contains($0) }
    }
}
