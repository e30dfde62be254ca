/// One record of a CSV file.
public struct CSVRow: Sendable, Equatable {
    /// Counted as a spreadsheet counts: the header is row 1, and empty lines count.
    public let number: Int
    /// The fields in order, or why the row cannot be read.
    public let content: Result<[String], CSVFault>
}

/// Why a row cannot be read. Rows after it are not affected.
public enum CSVFault: Error, Sendable, Equatable, CaseIterable {
    /// A quotation mark inside a field that does not begin with one (RFC 4180 §2.5).
    case quoteInPlainField
    /// Something other than a separator after the closing quotation mark.
    case textAfterQuote
    /// The file ends inside a quoted field.
    case quoteNotClosed
    /// Bytes that are no text in the file's encoding, or a NUL.
    case encoding
    /// More bytes or fields than ``CSVReader/Limits`` allow.
    case tooLong

    /// In words, for the report of an import.
    public var message: String {
        switch self {
        case .quoteInPlainField: "a quotation mark inside a field that does not begin with one"
        case .textAfterQuote: "text after a closing quotation mark"
        case .quoteNotClosed: "a quoted field that is never closed"
        case .encoding: "not text in the file's encoding"
        case .tooLong: "too long, or too many fields"
        }
    }
}
