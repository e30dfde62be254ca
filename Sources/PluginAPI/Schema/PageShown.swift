/// Which page of how many, inside of an object.
public struct PageShown: Described {
    public var page: Int
    public var limit: Int
    public var total: Int
    public var totalPages: Int

    public init(page: Int, limit: Int, total: Int, totalPages: Int) {
        self.page = page
        self.limit = limit
        self.total = total
        self.totalPages = totalPages
    }

    public init(_ numbers: PageNumbers) {
        self.init(
            page: numbers.page, limit: numbers.limit, total: numbers.total, totalPages: numbers.totalPages)
    }

    public static let schema = Schema.object(
        Self.init(page:limit:total:totalPages:), Field("page", \.page, count), Field("limit", \.limit, count),
        Field("total", \.total, count), Field("totalPages", \.totalPages, count))
    private static let count = Schema<Int>.int(0...(1 << 53))
}
