/// What a file is, by its bytes. What the client says counts only where bytes cannot tell, as between kinds of text.
enum ContentType {
    static let unknown = "application/octet-stream"
    static let plainText = "text/plain"

    /// - Parameters:
    ///   - head: the first bytes, up to 64 KiB or the end.
    ///   - declared: in lower case without parameters.
    ///   - name: of the file.
    static func of(_ head: [UInt8], declared: String, name: String) -> String {
        if let found = Signatures.type(of: head) {
            guard found == Signatures.compound else { return found }
            return office(declared, FileName.ending(of: name)) ?? "application/x-ole-storage"
        }
        guard TextContent.isText(head) else { return unknown }
        return TextContent.type(of: head, declared: declared, ending: FileName.ending(of: name))
    }

    /// Whether a list names a type: by itself, by `image/*`, or by `*/*`.
    static func isListed(_ type: String, in list: [String]) -> Bool {
        let kind = type.prefix { $0 != "/" }
        return list.contains { $0 == type || $0 == "\(kind)/*" || $0 == "*/*" }
    }

    /// Whether browsers may show it in place: pictures, recordings and text run nothing.
    static func isShown(_ type: String) -> Bool {
        [
            "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/bmp", "video/mp4", "video/webm",
            "audio/mpeg", "audio/mp4", "audio/wav", "audio/ogg", plainText,
        ].contains(type)
    }

    /// The value of `Content-Type`.
    static func field(_ type: String) -> String { type.hasPrefix("text/") ? type + "; charset=utf-8" : type }

    /// Which program of the old Office wrote a compound file; only its insides or its name could tell.
    private static func office(_ declared: String, _ ending: String) -> String? {
        let known = [
            "doc": "application/msword", "xls": "application/vnd.ms-excel", "ppt": "application/vnd.ms-powerpoint",
            "msg": "application/vnd.ms-outlook",
        ]
        return known.values.contains(declared) ? declared : known[ending]
    }
}
