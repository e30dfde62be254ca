/// Reads CSV (RFC 4180) piece by piece, as it arrives: comma, semicolon or tab, whichever the header has most of; UTF-8
/// with or without a byte order mark, or UTF-16 with one; lines that end in CR LF, LF or CR.
///
/// A row that cannot be read is given with its fault, and reading goes on with the next line. Memory is bounded by one row.
public struct CSVReader: Sendable {
    /// Bounds of one row.
    public struct Limits: Sendable, Equatable {
        /// Bytes of UTF-8, separators included.
        public var rowBytes: Int
        /// Fields.
        public var fields: Int

        public init(rowBytes: Int = 64 * 1024, fields: Int = 200) {
            self.rowBytes = rowBytes
            self.fields = fields
        }
    }

    private let limits: Limits
    private var encoding = CSVEncoding()
    private var separator: UInt8?
    private var number = 1
    private var state = State.start
    private var fields: [String] = []
    private var field: [UInt8] = []
    private var rowBytes = 0
    private var fault: CSVFault?
    private var sawReturn = false
    /// The header as far as it is here, until its end tells the separator.
    private var header: [UInt8] = []

    private enum State: Sendable {
        /// Before the first byte of a field.
        case start
        case plain
        case quoted
        /// After a quotation mark inside a quoted field: the first of two, or the closing one.
        case quote
    }

    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Reads some bytes.
    ///
    /// - Parameter body: is given each row that ends in them.
    /// - Throws: what `body` throws.
    public mutating func read(_ bytes: [UInt8], _ body: (CSVRow) throws -> Void) rethrows {
        try take(encoding.utf8(bytes), body)
    }

    /// Ends the file: gives the last row where no line break ends it.
    public mutating func finish(_ body: (CSVRow) throws -> Void) rethrows {
        try take(encoding.finish(), body)
        if separator == nil { try start(with: header, body) }
        if state == .quoted { fault = fault ?? .quoteNotClosed }
        if rowBytes > 0 { try endRow(body) }
    }

    private mutating func take(_ bytes: [UInt8], _ body: (CSVRow) throws -> Void) rethrows {
        guard separator == nil else {
            for byte in bytes { try take(byte, body) }
            return
        }
        header += bytes
        if CSVSeparator.lineEnds(in: header) || header.count > limits.rowBytes { try start(with: header, body) }
    }

    private mutating func start(with first: [UInt8], _ body: (CSVRow) throws -> Void) rethrows {
        separator = CSVSeparator.of(first)
        header = []
        for byte in first { try take(byte, body) }
    }

    private mutating func take(_ byte: UInt8, _ body: (CSVRow) throws -> Void) rethrows {
        let followsReturn = sawReturn
        sawReturn = false
        if followsReturn, byte == UInt8(ascii: "\n") { return }
        if rowBytes >= limits.rowBytes, fault != .tooLong {
            // From here on a quotation mark means nothing, so that one that is never closed costs this row only.
            fault = .tooLong
            state = .plain
            field = []
        }
        rowBytes += 1
        if byte == 0 { fault = fault ?? .encoding }
        switch state {
        case .start where byte == UInt8(ascii: "\""): state = .quoted
        case .start, .plain: try takePlain(byte, body)
        case .quoted where byte == UInt8(ascii: "\""): state = .quote
        case .quoted: field.append(byte)
        case .quote where byte == UInt8(ascii: "\""):
            field.append(byte)
            state = .quoted
        case .quote:
            if byte != separator, byte != UInt8(ascii: "\n"), byte != UInt8(ascii: "\r") {
                fault = fault ?? .textAfterQuote
            }
            try takePlain(byte, body)
        }
    }

    private mutating func takePlain(_ byte: UInt8, _ body: (CSVRow) throws -> Void) rethrows {
        switch byte {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            sawReturn = byte == UInt8(ascii: "\r")
            rowBytes -= 1
            try endRow(body)
        case separator:
            endField()
            state = .start
        default:
            if byte == UInt8(ascii: "\"") { fault = fault ?? .quoteInPlainField }
            if fault == nil { field.append(byte) }
            state = .plain
        }
    }

    private mutating func endField() {
        if fields.count >= limits.fields { fault = fault ?? .tooLong }
        if fault == nil {
            if let text = String(validating: field, as: UTF8.self) { fields.append(text) } else { fault = .encoding }
        }
        field.removeAll(keepingCapacity: true)
    }

    /// Gives the row, unless its line is empty.
    private mutating func endRow(_ body: (CSVRow) throws -> Void) rethrows {
        let isEmpty = rowBytes == 0
        if !isEmpty { endField() }
        let row = CSVRow(number: number, content: fault.map { .failure($0) } ?? .success(fields))
        number += 1
        state = .start
        fields = []
        fault = nil
        rowBytes = 0
        if !isEmpty { try body(row) }
    }
}
