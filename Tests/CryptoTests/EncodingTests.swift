import Crypto
import Testing

@Suite struct `Texts for bytes` {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `in base64 are those of RFC 4648`(plain: String, text: String) {
        #expect(Base64.encode(utf8(plain)) == text)
        #expect(Base64.decode(text) == utf8(plain))
        let unpadded = text.filter { $0 != "=" }
        #expect(Base64URL.encode(utf8(plain)) == unpadded)
        #expect(Base64URL.decode(unpadded) == utf8(plain))
    }

    @Test(arguments: [
        ("", ""), ("f", "MY======"), ("fo", "MZXQ===="), ("foo", "MZXW6==="), ("foob", "MZXW6YQ="),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI======"),
    ])
    func `in base32 are those of RFC 4648`(plain: String, text: String) {
        #expect(Base32.encode(utf8(plain), padded: true) == text)
        #expect(Base32.decode(text) == utf8(plain))
        let unpadded = text.filter { $0 != "=" }
        #expect(Base32.encode(utf8(plain)) == unpadded)
        #expect(Base32.decode(unpadded) == utf8(plain))
    }

    @Test func `in hexadecimal are those of RFC 4648`() {
        #expect(Hex.encode(utf8("foobar")) == "666f6f626172")
        #expect(Hex.decode("666F6f626172") == utf8("foobar"))
        #expect(Hex.decode("") == [])
    }

    @Test func `use each alphabet in full`() {
        let all: [UInt8] = (0...255).map { $0 }
        #expect(Base64URL.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
        #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
        for count in 0...256 {
            let bytes = Array(all.prefix(count).reversed())
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base32.decode(Base32.encode(bytes)) == bytes)
            #expect(Base32.decode(Base32.encode(bytes, padded: true)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
    }

    @Test(arguments: [
        "Zg==", "Zg=", "Z", "Zm9vY", "Zh", "Zm9", "Zm8+", "Zm8/", "Zm9v\n", " Zm9v", "Zm.v", "Zmé", "Zm9vZ\u{0}",
    ])
    func `that are not strict base64url are refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test(arguments: [
        "Zg", "Zg=", "Zg===", "====", "=", "Zh==", "Zm9=", "Zm-_", "Zm9v\n", "Z===", "Zg==Zg==", "=Zg=", "Zm=v",
    ])
    func `that are not strict base64 are refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: [
        "M", "MZX", "MZXW6Y", "mzxw6===", "MZXW6==", "MZXW6====", "========", "MZXW1===", "MZ======", "M=Y", "MY=====0",
    ])
    func `that are not strict base32 are refused`(text: String) {
        #expect(Base32.decode(text) == nil)
    }

    @Test(arguments: ["0", "0g", "0x", " 00", "0é"])
    func `that are not hexadecimal are refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test func `have only one form in base64url`() {
        // Every two-character text that decodes must be the text its byte encodes to.
        let alphabet = utf8("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=")
        var accepted = 0
        for first in alphabet {
            for second in alphabet {
                let text = [first, second]
                guard let bytes = Base64URL.decode(text.span.bytes) else { continue }
                accepted += 1
                #expect(utf8(Base64URL.encode(bytes)) == text)
            }
        }
        #expect(accepted == 256)
    }

    @Test func `are appended behind what is there`() {
        var text = utf8("head.")
        Base64URL.append(utf8("foobar").span.bytes, to: &text)
        Base64URL.append([UInt8]().span.bytes, to: &text)
        #expect(text == utf8("head.Zm9vYmFy"))
    }
}
