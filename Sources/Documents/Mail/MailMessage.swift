public import Time

/// A message as it goes to a mail server (RFC 5322 and MIME, RFC 2045 ff.): text always, HTML beside it, attachments.
///
/// No value can add a header field or a part: line breaks in values become spaces, and every body is encoded.
public struct MailMessage: Sendable {
    /// A file that goes along.
    public struct Attachment: Sendable {
        public let name: String
        /// `application/pdf`; what is no media type is sent as `application/octet-stream`.
        public let contentType: String
        public let bytes: [UInt8]

        public init(name: String, contentType: String, bytes: [UInt8]) {
            self.name = name
            self.contentType = contentType
            self.bytes = bytes
        }
    }

    public var from: MailAddress
    public var to: [MailAddress]
    public var replyTo: MailAddress?
    public var subject: String
    /// Unique in the world, without angle brackets: `msg_01jd…@lumen.example`.
    public var id: String
    public var date: Instant
    /// What every client can show.
    public var text: String
    public var html: String?
    public var attachments: [Attachment] = []
    /// An HTTPS address that unsubscribes with one click (RFC 8058).
    public var unsubscribe: String?
    /// Whether a program wrote it, so that no program answers (RFC 3834).
    public var isAutomatic = true

    public init(from: MailAddress, to: [MailAddress], subject: String, id: String, date: Instant, text: String) {
        self.from = from
        self.to = to
        self.subject = subject
        self.id = id
        self.date = date
        self.text = text
    }

    /// The message; its lines end in CR LF and are at most 998 bytes long.
    public var bytes: [UInt8] {
        var writer = MailWriter()
        writer.field("Date", Self.date(date))
        writer.field("From", addresses: [from])
        writer.field("To", addresses: to)
        if let replyTo { writer.field("Reply-To", addresses: [replyTo]) }
        writer.field("Message-ID", "<\(MailWriter.token(id))>")
        writer.field("Subject", text: subject)
        if isAutomatic { writer.field("Auto-Submitted", "auto-generated") }
        if let unsubscribe {
            writer.field("List-Unsubscribe", "<\(MailWriter.token(unsubscribe))>")
            writer.field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
        }
        writer.field("MIME-Version", "1.0")
        if attachments.isEmpty {
            writeBody(&writer)
        } else {
            writer.multipart("mixed", 0) { writer in
                writer.part(0) { writeBody(&$0) }
                for attachment in attachments { writer.part(0) { $0.attachment(attachment) } }
            }
        }
        return writer.bytes
    }

    private func writeBody(_ writer: inout MailWriter) {
        guard let html else { return writer.text(text, "plain") }
        // The last alternative is the best (RFC 2046 §5.1.4).
        writer.multipart("alternative", 1) { writer in
            writer.part(1) { $0.text(text, "plain") }
            writer.part(1) { $0.text(html, "html") }
        }
    }

    /// `Sat, 28 Nov 2026 09:30:00 +0000`
    private static func date(_ instant: Instant) -> String { instant.httpDate.dropLast(3) + "+0000" }
}
