/// The bytes by which files that are not text are known.
enum Signatures {
    /// A compound file of the old Office (MS-CFB); which one is not in its first bytes.
    static let compound = "application/x-cfb"

    private static let known: [(offset: Int, bytes: [UInt8], type: String)] = [
        (0, Array("%PDF-".utf8), "application/pdf"),
        (0, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png"),
        (0, [0xFF, 0xD8, 0xFF], "image/jpeg"),
        (0, Array("GIF87a".utf8), "image/gif"),
        (0, Array("GIF89a".utf8), "image/gif"),
        (0, [0x49, 0x49, 0x2A, 0x00], "image/tiff"),
        (0, [0x4D, 0x4D, 0x00, 0x2A], "image/tiff"),
        (0, Array("{\\rtf".utf8), "application/rtf"),
        (128, Array("DICM".utf8), "application/dicom"),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], compound),
        (0, Array("OggS".utf8), "audio/ogg"),
        (0, Array("ID3".utf8), "audio/mpeg"),
        (0, [0x1A, 0x45, 0xDF, 0xA3], "video/webm"),
        (0, [0x1F, 0x8B], "application/gzip"),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
        (0, Array("Rar!\u{1A}\u{7}".utf8), "application/vnd.rar"),
        (0, [0x7F, 0x45, 0x4C, 0x46], "application/x-executable"),
        (0, Array("MZ".utf8), "application/x-msdownload"),
        (0, [0xCF, 0xFA, 0xED, 0xFE], "application/x-mach-binary"),
        (0, [0xCA, 0xFE, 0xBA, 0xBE], "application/java-vm"),
        (0, [0x00, 0x61, 0x73, 0x6D], "application/wasm"),
        (0, Array("%!PS".utf8), "application/postscript"),
    ]

    /// Nil when no signature fits.
    static func type(of head: [UInt8]) -> String? {
        func holds(_ bytes: [UInt8], at offset: Int) -> Bool { head.dropFirst(offset).starts(with: bytes) }
        for signature in known where holds(signature.bytes, at: signature.offset) { return signature.type }
        if holds(Array("BM".utf8), at: 0), holds([0, 0, 0, 0], at: 6) { return "image/bmp" }
        if holds(Array("RIFF".utf8), at: 0) {
            if holds(Array("WEBP".utf8), at: 8) { return "image/webp" }
            if holds(Array("WAVE".utf8), at: 8) { return "audio/wav" }
        }
        // An MPEG audio frame: eleven bits set, a known version and layer, a bit rate.
        if head.count > 2, head[0] == 0xFF, head[1] & 0xE6 == 0xE2, head[2] & 0xF0 != 0xF0 { return "audio/mpeg" }
        if holds(Array("ftyp".utf8), at: 4) { return media(brand: head.dropFirst(8).prefix(4)) }
        if holds([0x50, 0x4B, 0x03, 0x04], at: 0) || holds([0x50, 0x4B, 0x05, 0x06], at: 0) {
            return ZIPContent.type(of: head)
        }
        return nil
    }

    /// A file of boxes (ISO/IEC 14496-12), by its major brand.
    private static func media(brand: ArraySlice<UInt8>) -> String {
        switch String(decoding: brand, as: UTF8.self) {
        case "heic", "heix", "heim", "heis": "image/heic"
        case "mif1", "msf1", "hevc", "hevx": "image/heif"
        case "avif", "avis": "image/avif"
        case "qt  ": "video/quicktime"
        case "M4A ", "M4B ", "M4P ": "audio/mp4"
        default: "video/mp4"
        }
    }
}
