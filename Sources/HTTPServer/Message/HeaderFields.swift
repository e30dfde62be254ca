/// The fields of a response, kept as the bytes that go on the wire (`name: value CRLF …`). Append-only.
///
/// A field is **dropped whole** when its value holds a control character other than a tab (CR, LF and NUL among them),
/// or when the name belongs to the server: `connection`, `content-length`, `date`, `keep-alive`, `transfer-encoding`.
/// `add` then returns `false`. So no value, wherever it comes from, can add a field or end the head (RFC 9110 §5.5).
public struct HeaderFields: Sendable, Hashable {
    /// The encoded fields, each ended by CRLF.
    public private(set) var bytes: [UInt8] = []

    /// No fields.
    public init() {}

    /// Makes room for `bytes` more bytes.
    public mutating func reserve(_ bytes: Int) { self.bytes.reserveCapacity(self.bytes.count + bytes) }

    /// Adds a field whose value is text. Returns whether it was added.
    @discardableResult
    public mutating func add(_ name: HeaderName, _ value: String) -> Bool {
        value.utf8.span.withUnsafeBufferPointer { append(name, $0) }
    }

    /// Adds a field whose value is a number. Returns whether it was added.
    @discardableResult
    public mutating func add(_ name: HeaderName, _ value: Int) -> Bool { add(name, String(value)) }

    /// Adds a field whose value is given as bytes. Returns whether it was added.
    @discardableResult
    public mutating func add(_ name: HeaderName, bytes value: some Sequence<UInt8>) -> Bool {
        value.withContiguousStorageIfAvailable { append(name, $0) }
            ?? Array(value).withUnsafeBufferPointer { append(name, $0) }
    }

    /// Adds a field whose value is given as a span. Returns whether it was added.
    @discardableResult
    public mutating func add(_ name: HeaderName, span value: Span<UInt8>) -> Bool {
        value.withUnsafeBufferPointer { append(name, $0) }
    }

    /// Adds a field that is written in the program.
    public mutating func add(_ line: FieldLine) {
        let text = UnsafeBufferPointer(start: line.text.utf8Start, count: line.text.utf8CodeUnitCount)
        append(text.count + 2) { out in
            out.write(text)
            out.endLine()
        }
    }

    /// Adds fields that are encoded but for their numbers; a number that is not given is 0.
    public mutating func add(_ template: FieldTemplate, numbers: Span<Int64>) {
        let (source, gaps) = (template.bytes.span, template.gaps.span)
        append(source.count + gaps.count * LineWriter.longestNumber) { out in
            var from = 0
            for index in gaps.indices {
                out.write(source.extracting(from..<gaps[index]))
                out.write(decimal: index < numbers.count ? numbers[index] : 0)
                from = gaps[index]
            }
            out.write(source.extracting(from..<source.count))
        }
    }

    /// Each answer comes by here several times, so the line is written at once.
    private mutating func append(_ name: HeaderName, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard !Self.isReserved(name), ByteClass.isFieldValue(Span(_unsafeElements: value)) else { return false }
        name.withBytes { name in
            append(name.count + value.count + 4) { out in
                out.write(name)
                out.separate()
                out.write(value)
                out.endLine()
            }
        }
        return true
    }

    /// Adds what `body` writes, which is at most `size` bytes.
    @inline(__always)
    private mutating func append(_ size: Int, _ body: (inout LineWriter) -> Void) {
        // Once for what most answers have, instead of growing step by step.
        if bytes.isEmpty, bytes.capacity == 0 { bytes.reserveCapacity(480) }
        bytes.append(addingCapacity: size) { out in
            out.withUnsafeMutableBufferPointer { buffer, count in
                guard let base = buffer.baseAddress else { return }
                var writer = LineWriter(target: UnsafeMutableRawPointer(base) + count)
                body(&writer)
                count = UnsafeMutableRawPointer(base).distance(to: writer.target)
            }
        }
    }

    /// Adds fields that were encoded by another value of this type, e.g. before they were stored.
    public mutating func add(encoded other: [UInt8]) { bytes.append(contentsOf: other) }

    /// Adds every field of `other`.
    public mutating func add(_ other: HeaderFields) { bytes.append(contentsOf: other.bytes) }

    private static func isReserved(_ name: HeaderName) -> Bool {
        switch name.count {
        case 4: name == .date
        case 10: name == .connection || name == "keep-alive"
        case 14: name == .contentLength
        case 17: name == .transferEncoding
        default: false
        }
    }
}

extension HeaderFields {
    /// The fields but those of that name.
    public func without(_ name: HeaderName) -> HeaderFields {
        var kept = HeaderFields()
        for line in bytes.split(separator: UInt8(ascii: "\n")) where !Self.isField(line, name) {
            kept.bytes += line
            kept.bytes.append(UInt8(ascii: "\n"))
        }
        return kept
    }

    private static func isField(_ line: ArraySlice<UInt8>, _ name: HeaderName) -> Bool {
        line.count >= name.count + 3 && line[line.startIndex + name.count] == UInt8(ascii: ":")
            && name.withBytes { line.prefix(name.count).elementsEqual($0) }
    }

    /// The values of a field, in order, as text. For tests and rare look-ups: it walks all fields.
    public func values(_ name: HeaderName) -> [String] {
        var found: [String] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            guard Self.isField(line, name) else { continue }
            found.append(String(decoding: line.dropFirst(name.count + 2).dropLast(), as: UTF8.self))
        }
        return found
    }
}
