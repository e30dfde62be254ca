import PluginAPI

/// Bytes that never change.
enum SuccessBytes {
    static let envelope = Array(#"{"success":true,"data":"#.utf8)
    static let status = Array(#"{"status":"success","data":"#.utf8)
    static let statusPage = Array(#"{"status":"success","data":{"items":"#.utf8)
    static let list = Array(#"{"data":"#.utf8)
    static let version = Array(#","version":"v1""#.utf8)
    static let meta = JSONWriter.encodedKey("meta")
    static let timestamp = JSONWriter.encodedKey("timestamp")
    static let requestID = JSONWriter.encodedKey("requestId")
    static let pagination = JSONWriter.encodedKey("pagination")
    static let page = JSONWriter.encodedKey("page")
    static let limit = JSONWriter.encodedKey("limit")
    static let total = JSONWriter.encodedKey("total")
    static let totalPages = JSONWriter.encodedKey("totalPages")
}

extension Dialect {
    /// `"meta":{…}`: seed 000 §1.1.
    static func writeMeta(_ facts: RequestFacts, into writer: inout JSONWriter) {
        writer.key(encoded: SuccessBytes.meta)
        writer.beginObject()
        writer.key(encoded: SuccessBytes.timestamp)
        writer.value(facts.now)
        writer.bytes += SuccessBytes.version
        writer.key(encoded: SuccessBytes.requestID)
        writer.value(facts.requestID)
        writer.endObject()
    }

    /// `"pagination":{"page","limit","total","totalPages"}`. Returns where the object stands.
    static func writePagination(_ numbers: PageNumbers, into writer: inout JSONWriter) -> Range<Int> {
        writer.key(encoded: SuccessBytes.pagination)
        let start = writer.bytes.count
        writer.beginObject()
        writer.key(encoded: SuccessBytes.page)
        writer.value(numbers.page)
        writer.key(encoded: SuccessBytes.limit)
        writer.value(numbers.limit)
        writer.key(encoded: SuccessBytes.total)
        writer.value(numbers.total)
        writer.key(encoded: SuccessBytes.totalPages)
        writer.value(numbers.totalPages)
        writer.endObject()
        return start..<writer.bytes.count
    }

    /// `"pagination":{"currentPage","totalPages","totalItems","hasNext"}`: seed 004 §5. There the page is an object with a
    /// list of its own name; a page that a handler returns as such has no name, so its list is called `items`.
    static func writeStatusPagination(_ numbers: PageNumbers, into writer: inout JSONWriter) -> Range<Int> {
        writer.key(encoded: SuccessBytes.pagination)
        let start = writer.bytes.count
        writer.beginObject()
        writer.key("currentPage")
        writer.value(numbers.page)
        writer.key("totalPages")
        writer.value(numbers.totalPages)
        writer.key("totalItems")
        writer.value(numbers.total)
        writer.key("hasNext")
        writer.value(numbers.hasNext)
        writer.endObject()
        return start..<writer.bytes.count
    }
}

extension PageNumbers {
    /// Whether there is a page behind this one.
    var hasNext: Bool { page < totalPages }
}
