import PluginAPI

/// The page that a list is asked for.
enum Paging {
    /// From 1; bounded, so that page times limit stays a sensible number.
    static let page = Schema<Int>.int(1...1_000_000)
    /// Items on a page.
    static let limit = Schema<Int>.int(1...100)

    /// The rows of a page.
    static func rows(page: Int, limit: Int) -> SQL { "LIMIT \(limit) OFFSET \((page - 1) * limit)" }
}
