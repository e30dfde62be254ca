extension MetaphoneSpeaker {
    mutating func speakJ() {
        // Spanish: `Jose`, `San Jacinto`.
        if has(at, "JOSE") || has(0, "SAN\0") {
            if at == 0 && (at + 4 > last || letter(4) == 0) || has(0, "SAN\0") { return say("H", skip: 1) }
            return say("J", "H", skip: 1)
        }
        if at == 0 {
            say("J", "A")
        } else if isVowel(at - 1), !isSlavoGermanic, letter(at + 1) == Self.a || letter(at + 1) == Self.o {
            say("J", "H")
        } else if at == last {
            say("J", "")
        } else if !has(at + 1, "L", "T", "K", "S", "N", "M", "B", "Z"), !has(at - 1, "S", "K", "L") {
            say("J")
        }
        at += has(at + 1, "J") ? 2 : 1
    }

    mutating func speakL() {
        guard has(at + 1, "L") else { return say("L", skip: 1) }
        // Spanish: `Cabrillo`, `Gallegos`.
        let isSpanish =
            at == last - 2 && has(at - 1, "ILLO", "ILLA", "ALLE")
            || (has(last - 1, "AS", "OS") || has(last, "A", "O")) && has(at - 1, "ALLE")
        if isSpanish { say("L", "", skip: 2) } else { say("L", skip: 2) }
    }

    mutating func speakM() {
        // `dumb`, `thumb`
        let isSilentB = has(at - 1, "UMB") && (at + 1 == last || has(at + 2, "ER"))
        say("M", skip: isSilentB || has(at + 1, "M") ? 2 : 1)
    }

    mutating func speakP() {
        if has(at + 1, "H") { return say("F", skip: 2) }
        say("P", skip: has(at + 1, "P", "B") ? 2 : 1)
    }

    mutating func speakR() {
        // French: `Rogier`, but not `Hochmeier`.
        let isFrench = at == last && !isSlavoGermanic && has(at - 2, "IE") && !has(at - 4, "ME", "MA")
        if isFrench { say("", "R") } else { say("R") }
        at += has(at + 1, "R") ? 2 : 1
    }
}
