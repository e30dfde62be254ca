import Testing

@testable import HTTPServer

@Suite struct `An address to ask` {
    @Test(arguments: [
        ("http://Example.COM", "http://example.com/"), ("https://example.com:443/a?b#c", "https://example.com/a?b"),
        ("HTTP://a.example:8080?x=/y", "http://a.example:8080/?x=/y"), ("http://a.example./", "http://a.example/"),
        ("http://127.0.0.1/", "http://127.0.0.1/"), ("http://[2001:DB8:0::1]:81/", "http://[2001:db8::1]:81/"),
        ("http://[::ffff:10.0.0.1]/", "http://10.0.0.1/"), ("http://a_b.example/%20", "http://a_b.example/%20"),
        ("http://1e100.example/", "http://1e100.example/"), ("http://123.example", "http://123.example/"),
        ("https://xn--mnchen-3ya.example/", "https://xn--mnchen-3ya.example/"),
    ])
    func `is read`(text: String, read: String) throws {
        #expect(try #require(ClientURL(text)).description == read)
    }

    @Test(arguments: [
        "", "example.com", "ftp://a.example/", "http:/a.example", "http://", "http:///path", "http://:80/",
        "http://a.example:/",
        "http://a.example:0/", "http://a.example:65536/", "http://a.example:+80/", "http://user@a.example/",
        "http://user:secret@a.example/", "http://a.example@127.0.0.1/", "http://a..example/", "http://-a.example/",
        "http://a b/",
        "http://a.example/a b", "http://a.example/\r\nX: y", "http://a.example\\@b.example/", "http://a.example/\\b",
        "http://a%2eexample/", "http://münchen.example/", "http://a.example/ü",
        // Numbers that some programs take for 127.0.0.1.
        "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://127.0.1/",
        "http://0x7f.0.0.1/",
        "http://127.0.0.1.2/", "http://127.0.0.256/", "http://127.00.0.1/", "http://1.2.3.0x4/", "http://a.0x7f/",
        "http://[::1/", "http://::1/", "http://[127.0.0.1]/", "http://[fe80::1%25eth0]/", "http://[::1]x/",
    ])
    func `is refused`(text: String) { #expect(ClientURL(text) == nil) }

    @Test(arguments: [
        ("g", "/b/c/g"), ("./g", "/b/c/g"), ("g/", "/b/c/g/"), ("/g", "/g"), ("?y", "/b/c/d?y"), ("g?y", "/b/c/g?y"),
        ("", "/b/c/d?q"), (".", "/b/c/"), ("..", "/b/"), ("../g", "/b/g"), ("../../../g", "/g"), ("/./g", "/g"),
        ("/../g", "/g"),
        ("g.", "/b/c/g."), ("..g", "/b/c/..g"), ("./../g", "/b/g"), ("g/./h", "/b/c/g/h"), ("g/../h", "/b/c/h"),
        ("g#s", "/b/c/g"),
    ])
    func `leads on by references`(reference: String, target: String) throws {
        // RFC 3986 §5.4.
        let base = try #require(ClientURL("http://a.example/b/c/d?q"))
        #expect(base.following(reference)?.description == "http://a.example" + target)
    }

    @Test func `leads on to other hosts`() throws {
        let base = try #require(ClientURL("https://a.example/b"))
        #expect(base.following("//b.example/x")?.description == "https://b.example/x")
        #expect(base.following("http://c.example")?.description == "http://c.example/")
        for reference in ["javascript:alert(1)", "file:///etc/passwd", "http://127.1/", "//user@b.example/"] {
            #expect(base.following(reference) == nil)
        }
    }
}
