/// A request method (RFC 9110 §9, RFC 5789). Methods are case-sensitive.
public enum Method: UInt8, Sendable, Hashable {
    /// GET.
    case get
    /// HEAD: answered like GET, without the body.
    case head
    /// POST.
    case post
    /// PUT.
    case put
    /// PATCH.
    case patch
    /// DELETE.
    case delete
    /// OPTIONS.
    case options
    /// TRACE.
    case trace
    /// CONNECT: the parser refuses it, since this is no proxy.
    case connect
    /// Any other token; its text is at `Request.methodRange`.
    case other
}

extension Method {
    /// The method spelt by `bytes[range]`.
    @inline(__always)
    init(_ bytes: borrowing MutableSpan<UInt8>, count: Int) {
        func spells(_ name: StaticString) -> Bool {
            guard count == name.utf8CodeUnitCount else { return false }
            for index in 0..<count where bytes[index] != name.utf8Start[index] { return false }
            return true
        }
        self =
            switch count {
            case 3: spells("GET") ? .get : spells("PUT") ? .put : .other
            case 4: spells("POST") ? .post : spells("HEAD") ? .head : .other
            case 5: spells("PATCH") ? .patch : spells("TRACE") ? .trace : .other
            case 6: spells("DELETE") ? .delete : .other
            case 7: spells("OPTIONS") ? .options : spells("CONNECT") ? .connect : .other
            default: .other
            }
    }
}
