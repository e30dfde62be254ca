internal import COpenSSL

/// A client's opening handshake that is as it must be (RFC 6455 §4.2.1). Answered by `Response.webSocket(…)`.
///
/// Whether the client may connect at all, and from the page of which `origin`, is the application's to decide.
public struct WebSocketHandshake: Sendable {
    /// The page's origin, as a browser says it; other clients may leave it out or lie.
    public let origin: String?
    /// The subprotocols the client offers, the one it likes most first.
    public let subprotocols: [String]
    let key: [UInt8]

    /// Checks the request's head.
    public init(_ request: Request) throws(WebSocketHandshakeFault) {
        guard request.method == .get else { throw .method }
        guard request.version == .http11, request.lists("websocket", in: "upgrade"),
            request.lists("upgrade", in: .connection)
        else { throw .notAnUpgrade }
        guard request.only("sec-websocket-version").map({ request.string($0) }) == "13" else { throw .version }
        guard let key = request.only("sec-websocket-key"), Self.isKey(request.bytes[key]) else { throw .key }
        guard !request.head.hasBody else { throw .body }
        guard !request.hasRepeated(.origin) else { throw .origin }
        self.key = Array(request.bytes[key])
        origin = request.header(.origin).map { request.string($0) }
        var offered: [String] = []
        for name in request.elements(of: "sec-websocket-protocol") {
            guard request.bytes[name].allSatisfy(ByteClass.isToken) else { throw .subprotocols }
            let name = request.string(name)
            guard !offered.contains(name) else { throw .subprotocols }
            offered.append(name)
        }
        subprotocols = offered
    }

    /// The first of the application's subprotocols, in its own order, that the client offers.
    public func subprotocol(of known: String...) -> String? { known.first { subprotocols.contains($0) } }

    /// Sixteen bytes in base64: 22 characters and two for padding.
    private static func isKey(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.count == 24 && bytes.suffix(2).elementsEqual("==".utf8)
            && bytes.dropLast(2).allSatisfy {
                switch $0 {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }

    /// What proves that the handshake was understood: base64 of the SHA-1 of the key and a fixed text (§4.2.2).
    var accept: [UInt8] {
        let text = key + Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)
        var digest = [UInt8](repeating: 0, count: 20)
        var encoded = [UInt8](repeating: 0, count: 29)
        guard EVP_Digest(text, text.count, &digest, nil, EVP_sha1(), nil) == 1 else { return [] }
        let count = EVP_EncodeBlock(&encoded, digest, Int32(digest.count))
        return Array(encoded.prefix(Int(max(count, 0))))
    }
}
