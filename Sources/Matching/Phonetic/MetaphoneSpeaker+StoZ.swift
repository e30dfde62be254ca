extension MetaphoneSpeaker {
    mutating func speakS() {
        // `island`, `Carlisle`
        if has(at - 1, "ISL", "YSL") {
            at += 1
            return
        }
        if at == 0, has(at, "SUGAR") { return say("X", "S", skip: 1) }
        if has(at, "SH") {
            return has(at + 1, "HEIM", "HOEK", "HOLM", "HOLZ") ? say("S", skip: 2) : say("X", skip: 2)
        }
        if has(at, "SIO", "SIA") { return isSlavoGermanic ? say("S", skip: 3) : say("S", "X", skip: 3) }
        // `Smith` and `Schmidt`, `Snider` and `Schneider`
        if at == 0 && has(1, "M", "N", "L", "W") || has(at + 1, "Z") {
            return say("S", "X", skip: has(at + 1, "Z") ? 2 : 1)
        }
        if has(at, "SC") { return speakSC() }
        // French: `Resnais`, `Artois`.
        if at == last, has(at - 2, "AI", "OI") { say("", "S") } else { say("S") }
        at += has(at + 1, "S", "Z") ? 2 : 1
    }

    private mutating func speakSC() {
        if has(at + 2, "H") {
            // Dutch: `school`, `schooner`.
            if has(at + 3, "OO", "ER", "EN", "UY", "ED", "EM") {
                return has(at + 3, "ER", "EN") ? say("X", "SK", skip: 3) : say("SK", skip: 3)
            }
            if at == 0, !isVowel(3), letter(3) != UInt8(ascii: "W") { return say("X", "S", skip: 3) }
            return say("X", skip: 3)
        }
        if has(at + 2, "I", "E", "Y") { return say("S", skip: 3) }
        say("SK", skip: 3)
    }

    mutating func speakT() {
        if has(at, "TION", "TIA", "TCH") { return say("X", skip: 3) }
        if has(at, "TH", "TTH") {
            // `Thomas`, `Thames`
            if has(at + 2, "OM", "AM") || isGermanic { return say("T", skip: 2) }
            return say("0", "T", skip: 2)
        }
        say("T", skip: has(at + 1, "T", "D") ? 2 : 1)
    }

    mutating func speakW() {
        if has(at, "WR") { return say("R", skip: 2) }
        if at == 0, isVowel(1) || has(at, "WH") {
            if isVowel(1) { say("A", "F") } else { say("A") }
        }
        // `Arnow` and `Arnoff`
        if at == last && isVowel(at - 1) || has(at - 1, "EWSKI", "EWSKY", "OWSKI", "OWSKY") || has(0, "SCH") {
            return say("", "F", skip: 1)
        }
        // Polish: `Filipowicz`.
        if has(at, "WICZ", "WITZ") { return say("TS", "FX", skip: 4) }
        at += 1
    }

    mutating func speakX() {
        // French: `Breaux`.
        let isSilent = at == last && (has(at - 3, "IAU", "EAU") || has(at - 2, "AU", "OU"))
        if !isSilent { say("KS") }
        at += has(at + 1, "C", "X") ? 2 : 1
    }

    mutating func speakZ() {
        // Chinese: `Zhao`.
        if has(at + 1, "H") { return say("J", skip: 2) }
        if has(at + 1, "ZO", "ZI", "ZA") || isSlavoGermanic && at > 0 && letter(at - 1) != UInt8(ascii: "T") {
            say("S", "TS")
        } else {
            say("S")
        }
        at += has(at + 1, "Z") ? 2 : 1
    }
}
