/// The digits of one spelling in the Daitch–Mokotoff table: at the start, before a vowel, elsewhere. Empty: not coded.
struct SoundRule: Sendable {
    let atStart: [String]
    let beforeVowel: [String]
    let elsewhere: [String]

    /// Alternatives are separated by `|`.
    init(_ atStart: String, _ beforeVowel: String, _ elsewhere: String) {
        func alternatives(_ text: String) -> [String] {
            text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        }
        self.atStart = alternatives(atStart)
        self.beforeVowel = alternatives(beforeVowel)
        self.elsewhere = alternatives(elsewhere)
    }

    /// By spelling, longest of a name's letters first.
    static let all: [String: SoundRule] = {
        var all: [String: SoundRule] = [:]
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: " ")
            guard parts.count == 4 else { continue }
            func digits(_ part: Substring) -> String { String(part.filter { $0 != "-" }) }
            let rule = SoundRule(digits(parts[1]), digits(parts[2]), digits(parts[3]))
            for spelling in parts[0].split(separator: ",") { all[String(spelling)] = rule }
        }
        return all
    }()

    private static let table = """
        ai,aj,ay 0 1 -
        au 0 7 -
        a 0 - -
        b 7 7 7
        chs 5 54 54
        ch 5|4 5|4 5|4
        ck 5|45 5|45 5|45
        cz,cs,csz,czs 4 4 4
        c 5|4 5|4 5|4
        drz,drs,ds,dsh,dsz,dz,dzh,dzs 4 4 4
        d,dt 3 3 3
        ei,ej,ey 0 1 -
        eu 1 1 -
        e 0 - -
        fb,f 7 7 7
        g 5 5 5
        h 5 5 -
        ia,ie,io,iu 1 - -
        i 0 - -
        j 1|4 |4 |4
        ks 5 54 54
        kh,k 5 5 5
        l 8 8 8
        m,n 6 6 6
        mn,nm 66 66 66
        oi,oj,oy 0 1 -
        o 0 - -
        p,pf,ph 7 7 7
        q 5 5 5
        rz,rs 94|4 94|4 94|4
        r 9 9 9
        schtsch,schtsh,schtch 2 4 4
        sch 4 4 4
        shtch,shch,shtsh 2 4 4
        sht,scht,schd 2 43 43
        sh 4 4 4
        stch,stsch,sc 2 4 4
        strz,strs,stsh 2 4 4
        st 2 43 43
        szcz,szcs 2 4 4
        szt,shd,szd,sd 2 43 43
        sz,s 4 4 4
        tch,ttch,ttsch 4 4 4
        th 3 3 3
        trz,trs 4 4 4
        tsch,tsh 4 4 4
        ts,tts,ttsz,tc 4 4 4
        tz,ttz,tzs,tsz 4 4 4
        t 3 3 3
        ui,uj,uy 0 1 -
        u,ue 0 - -
        v,w 7 7 7
        x 5 54 54
        y 1 - -
        zdz,zdzh,zhdzh 2 4 4
        zd,zhd 2 43 43
        zh,zs,zsch,zsh,z 4 4 4
        """
}
