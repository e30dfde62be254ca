/// One page of a list; each dialect places the items and the numbers where its clients look for them.
public struct Page<Item: Described>: Sendable {
    public let items: [Item]
    public let numbers: PageNumbers

    public init(_ items: [Item], _ numbers: PageNumbers) {
        self.items = items
        self.numbers = numbers
    }
}

/// Which page of how many.
public struct PageNumbers: Sendable, Equatable {
    /// From 1.
    public let page: Int
    /// Items on a full page.
    public let limit: Int
    /// Items on all pages together.
    public let total: Int

    public init(page: Int, limit: Int, total: Int) {
        self.page = page
        self.limit = limit
        self.total = total
    }

    /// 0 when there are no items.
    public var totalPages: Int { limit > 0 ? (total + limit - 1) / limit : 0 }
}
