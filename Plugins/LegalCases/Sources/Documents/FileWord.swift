/// The one word by which seed 003 names what a file is: `PDF`.
enum FileWord {
    /// - Parameters:
    ///   - mediaType: what the bytes are.
    ///   - name: of the file; its ending stands in where the type has no word.
    static func of(mediaType: String, name: String) -> String {
        if let word = words[mediaType] { return word }
        if let point = name.lastIndex(of: ".") {
            let ending = name[name.index(after: point)...]
            if (1...8).contains(ending.utf8.count), ending.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
                return ending.uppercased()
            }
        }
        return "FILE"
    }

    private static let words = [
        "application/pdf": "PDF", "application/msword": "DOC", "application/rtf": "RTF", "application/zip": "ZIP",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PPTX",
        "application/vnd.oasis.opendocument.text": "ODT", "application/vnd.oasis.opendocument.spreadsheet": "ODS",
        "application/vnd.oasis.opendocument.presentation": "ODP", "application/vnd.ms-excel": "XLS",
        "application/vnd.ms-powerpoint": "PPT", "application/vnd.ms-outlook": "MSG", "application/json": "JSON",
        "message/rfc822": "EML", "text/plain": "TXT", "text/csv": "CSV", "text/markdown": "MD", "text/html": "HTML",
        "text/calendar": "ICS", "text/vcard": "VCF", "image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF",
        "image/webp": "WEBP", "image/heic": "HEIC", "image/tiff": "TIFF", "video/mp4": "MP4",
        "video/quicktime": "MOV", "audio/mpeg": "MP3", "audio/mp4": "M4A", "audio/wav": "WAV",
    ]
}
