internal import COpenSSL

/// The name a client asks for in its first message (RFC 6066 §3).
enum ServerName {
    enum Reading: Equatable {
        /// The client names no host, as those do that use an address.
        case absent
        /// A host name in lower case, without a point at its end.
        case name(String)
        case malformed
    }

    /// Reads the extension of the message that a connection is at.
    static func read(_ connection: OpaquePointer) -> Reading {
        var start: UnsafePointer<UInt8>?
        var count = 0
        guard SSL_client_hello_get0_ext(connection, UInt32(TLSEXT_TYPE_server_name), &start, &count) == 1, let start
        else {
            return .absent
        }
        return parse(UnsafeBufferPointer(start: start, count: count))
    }

    /// A list of one name: its length, type 0, the name's length, the name.
    static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading {
        guard bytes.count > 5, bytes[2] == UInt8(TLSEXT_NAMETYPE_host_name) else { return .malformed }
        let list = Int(bytes[0]) << 8 | Int(bytes[1])
        var length = Int(bytes[3]) << 8 | Int(bytes[4])
        guard list == bytes.count - 2, length == bytes.count - 5, length <= 255 else { return .malformed }
        if length > 1, bytes[4 + length] == UInt8(ascii: ".") { length -= 1 }
        let name = bytes[5..<5 + length]
        guard name.allSatisfy(ByteClass.isHostName) else { return .malformed }
        return .name(String(decoding: name.map(ByteClass.lowercased), as: UTF8.self))
    }
}
