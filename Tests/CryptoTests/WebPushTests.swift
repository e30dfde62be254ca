import Crypto
import Foundation
import Testing

@Suite struct `A push message` {
    /// RFC 8291, Appendix A.
    @Test func `is encrypted as the RFC's example`() throws {
        let body = try WebPush.encrypt(
            utf8("When I grow up, I want to be a watermelon"),
            to: .init(
                point: bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")),
            secret: bytes("BTBZMqHH6r4Tts7J_aSIgg"),
            sender: P256Key(scalar: SecretBytes(bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))),
            salt: bytes("DGv6ra1nlYgDCS1FRnbzlw"))
        #expect(
            Base64URL.encode(body) == "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vC"
                + "YLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj"
                + "_Qulcy4a-fN")
    }

    @Test(arguments: [0, 1, 700, WebPush.longest])
    func `is read by another implementation`(length: Int) throws {
        let folder = try Folder()
        let browser = try P256Key.generate()
        let secret = Random.bytes(16)
        let message = (0..<length).map { UInt8($0 % 251) }
        try folder.write(WebPush.encrypt(message, to: browser.publicKey, secret: secret), to: "body")
        try folder.write(browser.pkcs8().exposed, to: "key.der")
        try folder.write(secret, to: "secret")
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path()
        let python = "'\(repository)/.ci/python' http_ece==1.2.1 cryptography==43.0.3 --"
        try folder.run("\(python) '\(repository)/Tests/Support/web_push_oracle.py' body key.der secret message")
        #expect(try folder.read("message") == message)
    }

    @Test func `is refused where its parts have other lengths`() throws {
        let browser = try P256Key.generate().publicKey
        #expect(throws: CryptoError.wrongLength(of: "message")) {
            try WebPush.encrypt(
                [UInt8](repeating: 0, count: WebPush.longest + 1), to: browser, secret: Random.bytes(16))
        }
        #expect(throws: CryptoError.wrongLength(of: "secret")) {
            try WebPush.encrypt([1], to: browser, secret: Random.bytes(15))
        }
    }

    private func bytes(_ text: String) throws -> [UInt8] { try #require(Base64URL.decode(text)) }
}
