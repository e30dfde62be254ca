import Crypto
import HTTPServer

/// Entity tags of answers to GET (RFC 9110 §8.8.3, §13.1.2). Weak, because the envelope around the data changes with
/// every answer while the data does not.
enum EntityTag {
    /// `W/"…"`, from 96 bits of the data's SHA-256.
    static func of(_ data: ArraySlice<UInt8>) -> String {
        let digest = SHA256.hash(Array(data)).bytes
        return "W/\"" + Base64URL.encode(Array(digest.prefix(12))) + "\""
    }

    /// Whether `If-None-Match` names the tag; compared weakly, `*` names every tag.
    static func isNamed(_ tag: String, in header: String) -> Bool {
        if header.utf8.elementsEqual("*".utf8) { return true }
        let wanted = tag.dropFirst(2)
        return header.split(separator: ",").contains { candidate in
            let trimmed = candidate.drop { $0 == " " || $0 == "\t" }
            let bare = trimmed.hasPrefix("W/") ? trimmed.dropFirst(2) : trimmed
            return bare.prefix(wanted.count) == wanted && bare.dropFirst(wanted.count).allSatisfy { $0 == " " }
        }
    }
}
