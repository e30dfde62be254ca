/// What a PATCH asks of one field (RFC 7396): leave it, clear it, or set it.
public enum Change<Value: Sendable>: Sendable {
    case keep
    case clear
    case set(Value)

    /// The value after the change.
    public func applied(to value: Value?) -> Value? {
        switch self {
        case .keep: value
        case .clear: nil
        case .set(let new): new
        }
    }
}

extension Change: Equatable where Value: Equatable {}

extension Schema {
    /// A field of a PATCH: absent keeps, null clears, a value sets.
    public static func change<Wrapped: Sendable>(_ wrapped: Schema<Wrapped>) -> Schema where Value == Change<Wrapped> {
        Schema(document: wrapped.document.orNull, sample: wrapped.sample, absent: { .keep }) { input, decoding in
            if input.isNothing { return .clear }
            return wrapped.read(input, &decoding).map { .set($0) }
        } write: { change, writer in
            if case .set(let value) = change { wrapped.write(value, &writer) } else { writer.null() }
        }
    }
}
