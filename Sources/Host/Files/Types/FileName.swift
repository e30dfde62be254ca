/// The name under which a file is shown and saved. What a client sends may be made to mislead people and programs.
enum FileName {
    /// Bytes of a name, as file systems have it.
    static let limit = 200

    /// A name without folders, controls, marks that turn the writing direction or names that systems keep for themselves,
    /// with an ending that belongs to the type.
    static func cleaned(_ name: String, type: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var scalars = String.UnicodeScalarView()
        for scalar in last.unicodeScalars where isShown(scalar) {
            scalars.append("<>:\"|?*".unicodeScalars.contains(scalar) ? "_" : scalar)
        }
        var text = String(scalars)
        while let first = text.first, first == "." || first.isWhitespace { text.removeFirst() }
        while let end = text.last, end == "." || end.isWhitespace { text.removeLast() }
        if text.isEmpty { text = "file" }
        if isReserved(text) { text = "_" + text }
        let endings = endings[type] ?? []
        let ending = ending(of: text)
        if let usual = endings.first, !endings.contains(ending) { return shortened(text, by: usual) + "." + usual }
        return shortened(text, by: "")
    }

    /// What stands behind the last point, in lower case.
    static func ending(of name: String) -> String {
        guard let point = name.lastIndex(of: "."), point > name.startIndex else { return "" }
        return name[name.index(after: point)...].lowercased()
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }

    /// Names that are devices on Windows, whatever their ending.
    private static func isReserved(_ name: String) -> Bool {
        let stem = name.prefix { $0 != "." }.uppercased()
        if ["CON", "PRN", "AUX", "NUL"].contains(stem) { return true }
        return stem.count == 4 && (stem.hasPrefix("COM") || stem.hasPrefix("LPT")) && stem.last?.isNumber == true
    }

    /// The name in so few bytes that the ending still has room; its own ending stays.
    private static func shortened(_ name: String, by ending: String) -> String {
        let room = limit - ending.utf8.count - 1
        guard name.utf8.count > room else { return name }
        let own = ending.isEmpty ? Self.ending(of: name) : ""
        let kept = own.utf8.count > 10 || own.isEmpty ? "" : "." + own
        var stem = String(name.dropLast(kept.count))
        while stem.utf8.count + kept.utf8.count > room { stem.removeLast() }
        return stem + kept
    }

    /// The endings that belong to a type, the usual one in front. A type that is not here may have any.
    private static let endings: [String: [String]] = [
        "application/pdf": ["pdf"], "application/rtf": ["rtf"], "application/dicom": ["dcm", "dicom", "ima"],
        "application/zip": ["zip"], "application/json": ["json", "geojson"], "application/msword": ["doc", "dot"],
        "application/vnd.ms-excel": ["xls", "xlt"], "application/vnd.ms-powerpoint": ["ppt", "pps"],
        "application/vnd.ms-outlook": ["msg"],
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ["docx", "dotx"],
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ["xlsx", "xltx"],
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": ["pptx", "ppsx", "potx"],
        "application/vnd.oasis.opendocument.text": ["odt"], "application/vnd.oasis.opendocument.spreadsheet": ["ods"],
        "application/vnd.oasis.opendocument.presentation": ["odp"], "image/png": ["png", "apng"],
        "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"], "image/gif": ["gif"], "image/webp": ["webp"],
        "image/heic": ["heic", "heif"], "image/heif": ["heif", "heic"], "image/avif": ["avif"],
        "image/tiff": ["tif", "tiff"], "image/bmp": ["bmp"], "text/plain": ["txt", "text", "log", "asc"],
        "text/csv": ["csv"], "text/markdown": ["md", "markdown"], "text/calendar": ["ics"], "text/vcard": ["vcf"],
        "video/mp4": ["mp4", "m4v"], "video/quicktime": ["mov", "qt"], "video/webm": ["webm", "mkv"],
        "audio/mpeg": ["mp3"], "audio/mp4": ["m4a", "m4b"], "audio/wav": ["wav"], "audio/ogg": ["ogg", "oga", "opus"],
    ]
}
