internal import PluginAPI

/// What inputs and answers share.
extension Schema where Value == Int {
    /// An id: a whole number (seed 003).
    static var number: Schema<Int> { .int(0...(1 << 53)) }
}

extension SQL {
    /// Ids as one bound argument, however many they are.
    static func numbers(_ ids: [Int]) -> SQL {
        "(SELECT value FROM json_each(\(JSON.array(ids.map { .integer(Int64($0)) }).text)))"
    }
}

/// Which page of a list is asked for. Without a page or a size there is one page of the most (contract §11).
struct PageAsked: Described {
    let page: Int?
    let pageSize: Int?

    static let schema = Schema<PageAsked>.object(
        PageAsked.init(page:pageSize:), Field("page", \.page, .optional(number), in: .query),
        Field("page_size", \.pageSize, .optional(size), in: .query, note: sizeNote))

    static let number = Schema<Int>.int(1...1_000_000)
    static let size = Schema<Int>.int(1...200)
    static let sizeNote = "50 unless said; without a page, 200"

    /// The page's number and how many items it has.
    var range: (page: Int, limit: Int) { page == nil && pageSize == nil ? (1, 200) : (page ?? 1, pageSize ?? 50) }

    /// The rows of the page.
    var rows: SQL { "LIMIT \(range.limit) OFFSET \((range.page - 1) * range.limit)" }

    /// The items with their numbers.
    func of<Item>(_ items: [Item], total: Int) -> Page<Item> {
        Page(items, PageNumbers(page: range.page, limit: range.limit, total: total))
    }
}

/// A case by its number in the path.
struct CaseNamed: NamesCase {
    let id: Int
    static let schema = Schema<CaseNamed>.object(CaseNamed.init(id:), Field("case_id", \.id, .number, in: .path))
}
