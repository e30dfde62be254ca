/// Where a link goes: `(address "title")` behind its text.
struct LinkTarget {
    let address: String
    let title: String?
    /// Behind the closing parenthesis.
    let end: Int

    /// What an address and a title may have, in characters: what is longer is text.
    private static let longest = 2000

    init?(_ text: [Unicode.Scalar], _ start: Int) {
        guard start < text.count, text[start] == "(" else { return nil }
        var at = Self.skipSpaces(text, start + 1)
        guard let address = Self.address(text, &at) else { return nil }
        let behind = Self.skipSpaces(text, at)
        var title: String?
        if behind > at, behind < text.count, let found = Self.title(text, behind) {
            title = found.title
            at = found.end
        }
        at = Self.skipSpaces(text, at)
        guard at < text.count, text[at] == ")" else { return nil }
        self.address = address
        self.title = title
        end = at + 1
    }

    private static func skipSpaces(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var at = start
        while at < text.count, at - start < longest, text[at] == " " || text[at] == "\n" || text[at] == "\t" { at += 1 }
        return at
    }

    private static func address(_ text: [Unicode.Scalar], _ at: inout Int) -> String? {
        var address = String.UnicodeScalarView()
        let limit = min(text.count, at + longest)
        if at < limit, text[at] == "<" {
            var here = at + 1
            while here < limit, text[here] != ">" {
                guard text[here] != "<", text[here] != "\n" else { return nil }
                if text[here] == "\\", here + 1 < limit, text[here + 1].isASCIIPunctuation { here += 1 }
                address.append(text[here])
                here += 1
            }
            guard here < limit else { return nil }
            at = here + 1
            return String(address)
        }
        var depth = 0
        while at < limit, text[at].value > 32, text[at].value != 127 {
            if text[at] == "\\", at + 1 < limit, text[at + 1].isASCIIPunctuation {
                at += 1
            } else if text[at] == "(" {
                depth += 1
            } else if text[at] == ")" {
                if depth == 0 { break }
                depth -= 1
            }
            address.append(text[at])
            at += 1
        }
        return depth == 0 && at < text.count ? String(address) : nil
    }

    private static func title(_ text: [Unicode.Scalar], _ start: Int) -> (title: String, end: Int)? {
        let closing: Unicode.Scalar
        switch text[start] {
        case "\"": closing = "\""
        case "'": closing = "'"
        case "(": closing = ")"
        default: return nil
        }
        var title = String.UnicodeScalarView()
        var at = start + 1
        while at < text.count, at - start < longest {
            if text[at] == closing { return (String(title), at + 1) }
            if text[at] == "\\", at + 1 < text.count, text[at + 1].isASCIIPunctuation { at += 1 }
            title.append(text[at])
            at += 1
        }
        return nil
    }

    // MARK: Where links may go

    /// The scheme of an absolute address, in lower case.
    static func scheme(of address: String) -> String? {
        guard let colon = address.firstIndex(of: ":") else { return nil }
        let scheme = address[..<colon]
        guard (2...32).contains(scheme.count), scheme.first?.isLetter == true,
            scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+.-".contains($0)) })
        else { return nil }
        return scheme.lowercased()
    }

    /// The address as it may stand in `href`; nil for a scheme that is not on the list, such as `javascript`.
    static func href(_ address: String) -> String? {
        // Browsers drop control characters, and find a scheme where none seemed to be.
        guard !address.unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) else { return nil }
        let trimmed = address.drop { $0 == " " }
        if let scheme = scheme(of: String(trimmed)) {
            guard ["http", "https", "mailto", "tel"].contains(scheme) else { return nil }
        } else if let colon = trimmed.firstIndex(of: ":") {
            // A colon before any slash would make of a relative address something else.
            guard let slash = trimmed.firstIndex(where: { "/?#".contains($0) }), slash < colon else { return nil }
        }
        var href = ""
        for byte in trimmed.utf8 {
            let scalar = Unicode.Scalar(byte)
            if byte < 0x80,
                scalar.properties.isAlphabetic || "0123456789-._~:/?#@!$&'()*+,;=%".unicodeScalars.contains(scalar)
            {
                href.unicodeScalars.append(scalar)
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                href += "%" + (hex.count == 1 ? "0" : "") + hex
            }
        }
        return CommonMark.encoded(href)
    }

    static func isMail(_ address: String) -> Bool {
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let name = parts.first, let domain = parts.last, !name.isEmpty, !domain.isEmpty else {
            return false
        }
        return name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".!#$%&'*+/=?^_`{|}~-".contains($0)) }
            && domain.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) }
    }
}
