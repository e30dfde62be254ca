import PluginAPI

/// What a page says first, because of what was sent to it.
struct Said: Sendable {
    /// The mark of the element, to which the fields that are wrong refer.
    static let id = "said"

    let text: String
    /// Each in a line of its own, below the text.
    var list: [String] = []
    let isError: Bool

    /// Something is wrong.
    static func wrong(_ text: String, _ list: [String] = []) -> Said { Said(text: text, list: list, isError: true) }
    /// Something is done.
    static func done(_ text: String) -> Said { Said(text: text, isError: false) }

    var html: HTML {
        let items = list.map { "<li>\($0)</li>" as HTML }
        let lines: HTML = items.isEmpty ? "" : "<ul>\(items)</ul>"
        return isError
            ? "<div class=\"error\" role=\"alert\" id=\"\(Self.id)\">\(text)\(lines)</div>"
            : "<div class=\"done\" role=\"status\">\(text)\(lines)</div>"
    }

}

extension Optional where Wrapped == Said {
    /// The attributes of a field that what is said is about.
    var field: HTML { self?.isError == true ? " aria-invalid=\"true\" aria-describedby=\"\(Said.id)\"" : "" }
}
