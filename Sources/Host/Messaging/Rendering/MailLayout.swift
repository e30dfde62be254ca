import PluginAPI

/// The frame around a mail's content, in markup that mail programs show alike: tables, styles beside each element, no script,
/// nothing loaded but the logo.
struct MailLayout: Sendable {
    let name: String
    let origin: String
    let branding: BrandingSettings
    /// The language of the words, for screen readers.
    let language: String
    /// Where the person ends mails of this kind.
    let unsubscribe: String?

    /// The whole document.
    ///
    /// - Parameter preview: what mail programs show beside the subject.
    func document(_ title: String, _ content: HTML, preview: String) -> HTML {
        let color = branding.primaryColor.text
        let font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
        let head: HTML =
            if let logo {
                "<img src=\"\(link: logo)\" alt=\"\(name)\" height=\"40\" style=\"display:block;border:0\">"
            } else {
                "<span style=\"font-size:20px;font-weight:bold;color:\(color)\">\(name)</span>"
            }
        let words = MailWords.of(language)
        let end: HTML =
            if let unsubscribe {
                " · <a href=\"\(link: unsubscribe)\" style=\"color:\(color)\">\(words.unsubscribe)</a>"
            } else {
                ""
            }
        return """
            <!DOCTYPE html>
            <html lang="\(language)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width,initial-scale=1">
            <meta name="color-scheme" content="light">
            <title>\(title)</title>
            </head>
            <body style="margin:0;padding:0;background:#f3f4f6;color:#1f2328;\(font)">
            <div style="display:none;max-height:0;overflow:hidden">\(String(preview.prefix(140)))</div>
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3f4f6">
            <tr><td align="center" style="padding:24px 12px">
            <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border-top:4px solid \(color)">
            <tr><td style="padding:24px 32px 0 32px">\(head)</td></tr>
            <tr><td style="padding:24px 32px;font-size:16px;line-height:1.5;color:#1f2328">\(content)</td></tr>
            <tr><td style="padding:16px 32px 24px 32px;border-top:1px solid #d8dee4;font-size:13px;line-height:1.5;color:#57606a"><a href="\(link: origin + "/")" style="color:\(color)">\(name)</a>\(end)</td></tr>
            </table>
            </td></tr>
            </table>
            </body>
            </html>
            """
    }

    /// The text part: the same words, and the same way out.
    func text(_ body: String) -> String {
        guard let unsubscribe else { return body }
        return body + "\n\n-- \n\(MailWords.of(language).unsubscribe): \(unsubscribe)\n"
    }

    /// Pictures come from the portal or over https.
    private var logo: String? {
        guard let address = branding.logoUrl else { return nil }
        return address.hasPrefix("/") ? origin + address : address
    }

    /// Text as paragraphs, its addresses as links.
    static func paragraphs(_ text: String) -> HTML {
        let blocks = text.replacing("\r\n", with: "\n").split(separator: "\n\n", omittingEmptySubsequences: true)
        let parts: [HTML] = blocks.map { block in
            let lines = block.split(separator: "\n").map { linked($0) }
            return "<p style=\"margin:0 0 16px 0\">\(Array(joined(lines)))</p>"
        }
        return "\(parts)"
    }

    private static func joined(_ lines: [HTML]) -> [HTML] {
        lines.enumerated().flatMap { $0 == 0 ? [$1] : ["<br>", $1] }
    }

    /// A line whose words that are addresses are links; a point or bracket behind one is none of it.
    private static func linked(_ line: Substring) -> HTML {
        let words: [HTML] = line.split(separator: " ", omittingEmptySubsequences: false).enumerated().map {
            index, word in
            let space: HTML = index == 0 ? "" : " "
            guard word.hasPrefix("https://") || word.hasPrefix("http://") else { return "\(space)\(word)" }
            var address = word
            while let last = address.last, ".,;:!?)".contains(last) { address.removeLast() }
            let rest = word[address.endIndex...]
            return "\(space)<a href=\"\(link: String(address))\">\(address)</a>\(rest)"
        }
        return "\(words)"
    }
}
