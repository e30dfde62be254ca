extension MetaphoneSpeaker {
    mutating func speakC() {
        // Various Germanic: `Bacher`, `Macher`.
        if at > 1, !isVowel(at - 2), has(at - 1, "ACH"), letter(at + 2) != Self.i,
            letter(at + 2) != Self.e || has(at - 2, "BACHER", "MACHER")
        {
            return say("K", skip: 2)
        }
        if at == 0, has(at, "CAESAR") { return say("S", skip: 2) }
        if has(at, "CHIA") { return say("K", skip: 2) }
        if has(at, "CH") { return speakCH() }
        // `Czerny`, but not `Wicz`.
        if has(at, "CZ"), !has(at - 2, "WICZ") { return say("S", "X", skip: 2) }
        // `Focaccia`
        if has(at + 1, "CIA") { return say("X", skip: 3) }
        if has(at, "CC"), !(at == 1 && letter(0) == UInt8(ascii: "M")) { return speakCC() }
        if has(at, "CK", "CG", "CQ") { return say("K", skip: 2) }
        if has(at, "CI", "CE", "CY") {
            return has(at, "CIO", "CIE", "CIA") ? say("S", "X", skip: 2) : say("S", skip: 2)
        }
        say("K")
        if has(at + 1, "\0C", "\0Q", "\0G") {
            at += 3
        } else {
            at += has(at + 1, "C", "K", "Q") && !has(at + 1, "CE", "CI") ? 2 : 1
        }
    }

    private mutating func speakCH() {
        if at > 0, has(at, "CHAE") { return say("K", "X", skip: 2) }
        // Greek roots: `Charisma`, `Chorus`.
        if at == 0, has(1, "HARAC", "HARIS", "HOR", "HYM", "HIA", "HEM"), !has(0, "CHORE") { return say("K", skip: 2) }
        if isGermanic || has(at - 2, "ORCHES", "ARCHIT", "ORCHID") || has(at + 2, "T", "S")
            || (at == 0 || has(at - 1, "A", "O", "U", "E"))
                && (at + 2 > last || has(at + 2, "L", "R", "N", "M", "B", "H", "F", "V", "W", "\0"))
        {
            return say("K", skip: 2)
        }
        if at == 0 { return say("X", skip: 2) }
        if has(0, "MC") { return say("K", skip: 2) }
        say("X", "K", skip: 2)
    }

    private mutating func speakCC() {
        // `Bellocchio`, but not `Bacchus`.
        guard has(at + 2, "I", "E", "H"), !has(at + 2, "HU") else { return say("K", skip: 2) }
        if at == 1 && letter(0) == Self.a || has(at - 1, "UCCEE", "UCCES") { return say("KS", skip: 3) }
        say("X", skip: 3)
    }

    mutating func speakD() {
        if has(at, "DG") {
            if has(at + 2, "I", "E", "Y") { return say("J", skip: 3) }
            return say("TK", skip: 2)
        }
        say("T", skip: has(at, "DT", "DD") ? 2 : 1)
    }

    mutating func speakG() {
        if has(at + 1, "H") { return speakGH() }
        if has(at + 1, "N") {
            if at == 1, isVowel(0), !isSlavoGermanic { return say("KN", "N", skip: 2) }
            if !has(at + 2, "EY"), letter(at + 1) != Self.y, !isSlavoGermanic { return say("N", "KN", skip: 2) }
            return say("KN", skip: 2)
        }
        if has(at + 1, "LI"), !isSlavoGermanic { return say("KL", "L", skip: 2) }
        if at == 0, letter(1) == Self.y || has(1, "ES", "EP", "EB", "EL", "EY", "IB", "IL", "IN", "IE", "EI", "ER") {
            return say("K", "J", skip: 2)
        }
        if has(at + 1, "ER") || letter(at + 1) == Self.y, !has(0, "DANGER", "RANGER", "MANGER"),
            !has(at - 1, "E", "I"), !has(at - 1, "RGY", "OGY")
        {
            return say("K", "J", skip: 2)
        }
        if has(at + 1, "E", "I", "Y") || has(at - 1, "AGGI", "OGGI") {
            if isGermanic || has(at + 1, "ET") { return say("K", skip: 2) }
            let isEnd = has(at + 1, "IER") && at + 4 > last
            return isEnd ? say("J", skip: 2) : say("J", "K", skip: 2)
        }
        say("K", skip: has(at + 1, "G") ? 2 : 1)
    }

    private mutating func speakGH() {
        if at > 0, !isVowel(at - 1) { return say("K", skip: 2) }
        if at == 0 { return letter(2) == Self.i ? say("J", skip: 2) : say("K", skip: 2) }
        // Parker's rule: `Hugh`, `bough`, `Broughton`.
        if at > 1 && has(at - 2, "B", "H", "D") || at > 2 && has(at - 3, "B", "H", "D")
            || at > 3 && has(at - 4, "B", "H")
        {
            at += 2
            return
        }
        // `laugh`, `McLaughlin`, `cough`, `rough`
        if at > 2, letter(at - 1) == Self.u, has(at - 3, "C", "G", "L", "R", "T") {
            say("F")
        } else if letter(at - 1) != Self.i {
            say("K")
        }
        at += 2
    }

    mutating func speakH() {
        if at == 0 || isVowel(at - 1), isVowel(at + 1) { return say("H", skip: 2) }
        at += 1
    }
}
