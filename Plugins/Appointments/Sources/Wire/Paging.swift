internal import PluginAPI

/// The page that a list is asked for (seed 002 §1.3).
enum Paging {
    /// From 1; bounded, so that page times limit stays a sensible number.
    static let number = Schema<Int>.int(1...1_000_000)
    /// Items on a page.
    static let limit = Schema<Int>.int(1...100)

    /// The part of a list that a page shows.
    static func cut<Item>(_ items: [Item], page: Int, limit: Int) -> ArraySlice<Item> {
        items.dropFirst((page - 1) * limit).prefix(limit)
    }
}
