import Testing

@testable import HTTPServer

@Suite struct `Cookies of a request` {
    private func cookies(_ fields: String...) -> (RequestCookies, [UInt8]) {
        var bytes: [UInt8] = []
        var ranges: [Range<Int>] = []
        for field in fields {
            let start = bytes.count
            bytes += field.utf8
            ranges.append(start..<bytes.count)
            bytes += "\r\n".utf8
        }
        return (RequestCookies(bytes, ranges), bytes)
    }

    private func value(_ name: String, _ fields: String...) -> String? {
        let (cookies, bytes) =
            fields.count == 2 ? self.cookies(fields[0], fields[1]) : self.cookies(fields.first ?? "")
        switch cookies.find(name) {
        case .none: return nil
        case .ambiguous: return "ambiguous"
        case .one(let range): return String(decoding: bytes[range], as: UTF8.self)
        }
    }

    @Test func `are found by their exact name`() {
        #expect(value("sid", "a=1; sid=31d4; lang=en-US") == "31d4")
        #expect(value("sid", "xsid=1; sid2=2; SID=3") == nil)
        #expect(value("sid", "sid=") == "")
        #expect(value("sid", "sid") == nil)
        #expect(value("sid", "") == nil)
        #expect(value("sid", "; ;;=;  sid = 7 ;") == "7")
        #expect(value("sid", "sid=a=b=") == "a=b=")
        #expect(value("", "=1; ; =2") == nil)
    }

    @Test func `may come in several fields`() { #expect(value("b", "a=1", "b=2") == "2") }

    @Test func `with two values are no one's`() {
        #expect(value("sid", "sid=1; sid=2") == "ambiguous")
        #expect(value("sid", "sid=1", "sid=2") == "ambiguous")
        #expect(value("sid", "sid=1; sid=1") == "1")
    }

    @Test func `in quotes are what stands between them, and quotes hide nothing`() {
        #expect(value("sid", #"sid="abc""#) == "abc")
        #expect(value("sid", #"sid="""#) == "")
        #expect(value("sid", #"sid=""#) == nil)
        #expect(value("sid", #"sid="abc"#) == nil)
        #expect(value("sid", #"sid=a"b"#) == nil)
        #expect(value("sid", #"a="x; sid=stolen; b=y""#) == "stolen", "a semicolon always ends a pair")
    }

    @Test func `with octets that no cookie has are passed over`() {
        for bad in ["a b", "a,b", "a\\b", "a\u{7F}b", "ä", "a\tb"] {
            #expect(value("sid", "sid=\(bad); x=1") == nil, "\(bad)")
            #expect(value("x", "sid=\(bad); x=1") == "1", "\(bad)")
        }
        #expect(value("s id", "s id=1") == nil)
    }

    @Test func `have bounds`() {
        let long = String(repeating: "x", count: RequestCookies.pairLimit - 3)
        #expect(value("sid", "sid=\(long)") == long)
        #expect(value("sid", "sid=\(long)y") == nil)
        let many = (0..<RequestCookies.countLimit).map { "c\($0)=1" }.joined(separator: ";")
        #expect(value("c5", many) == "1")
        #expect(value("c5", many + ";one=more") == nil)
    }

    @Test func `take any bytes and any places`() {
        let everything = RequestCookies([1, 2, 3], [0..<1, 2..<900, 5..<7, 0..<0])
        #expect(everything.pairs.isEmpty)
        var generator = SystemRandomNumberGenerator()
        let alphabet = Array("=;\" ,a\\\t".utf8) + [0, 255]
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            for pair in RequestCookies(bytes, [0..<bytes.count]).pairs {
                #expect(bytes[pair.name] == [UInt8(ascii: "a")][...] || bytes[pair.name].allSatisfy { $0 == 0x61 })
                #expect(bytes[pair.value].allSatisfy(RequestCookies.isOctet))
            }
        }
    }
}

@Suite struct `A cookie that is set` {
    @Test func `is for this host alone, and no script reads it`() {
        #expect(
            SetCookie("__Host-sid", "abc", maxAge: 60).text
                == "__Host-sid=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure")
        #expect(
            SetCookie("sid", "", maxAge: 0, isSecure: false, sameSite: .strict).text
                == "sid=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
    }

    @Test func `cannot say what it may not`() {
        for (name, value) in [
            ("a b", "1"), ("", "1"), ("a", "1;Domain=x"), ("a", "b\r\nx: y"), ("a", "\"q\""), ("a", "ä"),
        ] {
            #expect(SetCookie(name, value).text == nil)
        }
        #expect(SetCookie("__Host-a", "1", isSecure: false).text == nil)
        var fields = HeaderFields()
        let added = [SetCookie("a", "b;c"), SetCookie("a", "b"), SetCookie("c", "d")].map { fields.add($0) }
        #expect(added == [false, true, true])
        #expect(fields.values(.setCookie).count == 2)
    }
}
