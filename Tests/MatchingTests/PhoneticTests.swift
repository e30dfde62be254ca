import Testing

@testable import Matching

@Suite struct `Sound of names` {
    @Test(arguments: [
        ("Smith", "SM0", "XMT"), ("Schmidt", "XMT", "SMT"), ("Thomas", "TMS", "TMS"), ("Arnow", "ARN", "ARNF"),
        ("Filipowicz", "FLPT", "FLPF"), ("Schneider", "XNTR", "SNTR"), ("Michael", "MKL", "MXL"),
        ("Charisma", "KRSM", "KRSM"), ("Caesar", "SSR", "SSR"), ("Bellocchio", "PLX", "PLX"),
        ("Bacchus", "PKS", "PKS"), ("McLaughlin", "MKLF", "MKLF"), ("Edge", "AJ", "AJ"), ("Edgar", "ATKR", "ATKR"),
        ("Knight", "NT", "NT"), ("Wright", "RT", "RT"), ("Xavier", "SF", "SFR"), ("Cabrillo", "KPRL", "KPR"),
        ("Zhao", "J", "J"), ("Breaux", "PR", "PR"), ("Tagliaro", "TKLR", "TLR"), ("Jankelowicz", "JNKL", "ANKL"),
        ("van Gogh", "FNKK", "FNKK"), ("Succeed", "SKST", "SKST"), ("Wasserman", "ASRM", "FSRM"), ("", "", ""),
        ("山田", "", ""),
    ])
    func `in English is Double Metaphone's`(_ name: String, _ primary: String, _ secondary: String) {
        let spoken = DoubleMetaphone(name)
        #expect(spoken.primary == primary && spoken.secondary == secondary)
    }

    @Test(arguments: [
        ("Moskowitz", ["645740"]), ("Peterson", ["734600", "739460"]), ("Auerbach", ["097400", "097500"]),
        ("Ohrbach", ["097400", "097500"]), ("Lipshitz", ["874400"]), ("Lewinsky", ["876450"]),
        ("Szlamawicz", ["486740"]), ("Jackson", ["145460", "154600", "445460", "454600"]),
        ("Przemysl", ["746480", "794648"]), ("", []), ("123", []),
    ])
    func `beyond English is Daitch and Mokotoff's`(_ name: String, _ codes: [String]) {
        #expect(DaitchMokotoff.codes(name) == codes)
    }

    @Test func `makes one of a name's spellings in several countries`() {
        let moskowitz = Set(DaitchMokotoff.codes("Moskowitz"))
        #expect(!moskowitz.isDisjoint(with: DaitchMokotoff.codes("Moskovits")))
        #expect(Set(DaitchMokotoff.codes("Kowalski")) == Set(DaitchMokotoff.codes("Kovalsky")))
    }
}
