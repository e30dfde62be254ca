internal import PluginAPI

/// Lists of texts as columns hold them: a JSON array.
enum TextList {
    static func text(_ list: [String]) -> String { JSON.array(list.map { .string($0) }).text }

    static func list(_ text: String) -> [String] {
        guard case .array(let elements)? = Self.tree(text) else { return [] }
        return elements.compactMap(\.string)
    }

    /// JSON text of a column as a tree; nil when it is none.
    static func tree(_ text: String) -> JSON? { (try? JSONDocument(Array(text.utf8)))?.root.tree }
}

/// An id in the path and nothing else.
struct Named: Described {
    let id: String
    static let schema = Schema<Named>.object(Named.init(id:), Field("id", \.id, .id, in: .path))
}

/// A page of a list.
struct PageAsked: Described {
    let page: Int
    let limit: Int

    static let schema = Schema<PageAsked>.object(
        PageAsked.init(page:limit:), Field("page", \.page, .page, in: .query, default: 1),
        Field("limit", \.limit, .pageLimit, in: .query, default: 20))
}

extension SQL {
    /// The rows of a page.
    static func rows(_ page: Int, _ limit: Int) -> SQL { "LIMIT \(limit) OFFSET \((page - 1) * limit)" }
}

extension Optional where Wrapped == Int64 {
    /// A column of microseconds as a moment.
    var instant: Instant? { map { Instant(microseconds: $0) } }
}
