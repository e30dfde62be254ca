import PluginAPI

/// What files the tenant takes, how much of them and for how long; `files` in its file.
struct FileSettings: Described, Equatable {
    /// Bytes of one file.
    var maxBytes = 100 << 20
    /// Bytes of all files, all versions counted.
    var quotaBytes = 50 << 30
    /// Bytes of what one person uploaded.
    var perPersonBytes = 5 << 30
    /// Media types, `image/*` for all of a kind.
    var types = standardTypes
    /// Days for which a file is kept after it was attached; nil for ever.
    var retentionDays: Int?
    /// Days for which a link for others is good at most; 0 lets nobody share.
    var shareDays = 30

    /// Documents, pictures, recordings and tables; nothing that a browser or a desktop runs.
    static let standardTypes = [
        "application/pdf", "application/rtf", "application/dicom", "application/zip", "application/json",
        "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation", "application/vnd.ms-outlook",
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/heic", "image/heif", "image/avif", "image/tiff",
        "image/bmp", "text/plain", "text/csv", "text/markdown", "text/calendar", "text/vcard", "video/mp4",
        "video/quicktime", "video/webm", "audio/mpeg", "audio/mp4", "audio/wav", "audio/ogg",
    ]

    static let schema = Schema.object(
        Self.init(maxBytes:quotaBytes:perPersonBytes:types:retentionDays:shareDays:),
        Field("maxBytes", \.maxBytes, .int(1...(4 << 30)), default: 100 << 20, note: "Bytes of one file"),
        Field("quotaBytes", \.quotaBytes, .int(0...(1 << 50)), default: 50 << 30, note: "Bytes of all files"),
        Field(
            "perPersonBytes", \.perPersonBytes, .int(0...(1 << 50)), default: 5 << 30,
            note: "Bytes of what one person uploaded"),
        Field(
            "types", \.types, .list(.string(3...120), 1...200), default: standardTypes,
            note: "Media types that are taken, by what the bytes are; image/* for all of a kind"),
        Field(
            "retentionDays", \.retentionDays, .optional(.int(1...36_600)),
            note:
                "Days for which a file is kept after it was attached, where its plugin says nothing; without it, for ever"
        ),
        Field(
            "shareDays", \.shareDays, .int(0...366), default: 30,
            note: "Days for which a link for others is good at most; 0 lets nobody share"))
}
