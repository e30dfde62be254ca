internal import Glibc

extension Request {
    /// The fields, in order.
    public var fields: [RequestHead.Field] { head.fields }

    /// The value of the first field of that name.
    public func header(_ name: HeaderName) -> Range<Int>? {
        guard name.withBytes({ head.names.mayContain($0) }) else { return nil }
        return firstField(name, from: 0).map { head.fields[$0].value }
    }

    /// Whether the field occurs more than once.
    public func hasRepeated(_ name: HeaderName) -> Bool {
        guard let first = firstField(name, from: 0) else { return false }
        return firstField(name, from: first + 1) != nil
    }

    /// The values of all fields of that name, in order.
    public func headers(_ name: HeaderName) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var from = 0
        while let index = firstField(name, from: from) {
            found.append(head.fields[index].value)
            from = index + 1
        }
        return found
    }

    /// Whether the raw path is exactly this one.
    public func isPath(_ text: StaticString) -> Bool {
        let range = head.path
        guard range.count == text.utf8CodeUnitCount else { return false }
        return head.bytes.withUnsafeBufferPointer { bytes in
            bytes.baseAddress.map { memcmp($0 + range.lowerBound, text.utf8Start, range.count) == 0 } ?? false
        }
    }

    /// The text at `range`; bytes that are no UTF-8 are replaced.
    public func string(_ range: Range<Int>) -> String {
        String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }

    private func firstField(_ name: HeaderName, from: Int) -> Int? {
        name.withBytes { wanted in
            head.bytes.withUnsafeBufferPointer { bytes in
                guard let start = bytes.baseAddress, let text = wanted.baseAddress else { return nil }
                for index in from..<head.fields.count {
                    let field = head.fields[index]
                    if Int(field.nameCount) == wanted.count,
                        memcmp(start + Int(field.nameStart), text, wanted.count) == 0
                    {
                        return index
                    }
                }
                return nil
            }
        }
    }
}
