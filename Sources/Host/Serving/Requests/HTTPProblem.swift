import HTTPServer
import PluginAPI

/// What a client is told when its request is not even HTTP as it should be.
enum HTTPProblem {
    static func of(_ fault: HTTPFault) -> Problem {
        if fault == .tlsRequired { return Problem(400, "INVALID_DATA_FORMAT", "This port speaks HTTPS only.") }
        return switch fault.status {
        case 408: Problem(408, "REQUEST_TIMEOUT", "The request did not arrive in time.")
        case 413: Problem(413, "PAYLOAD_TOO_LARGE", "The body is too large.")
        case 414: Problem(414, "URI_TOO_LONG", "The address is too long.")
        case 417: Problem(417, "EXPECTATION_FAILED", "Only Expect: 100-continue is understood.")
        case 421: Problem(421, "MISDIRECTED_REQUEST", "This connection is not for that host.")
        case 431: Problem(431, "REQUEST_HEADER_FIELDS_TOO_LARGE", "The header fields are too large.")
        case 501: Problem(501, "NOT_IMPLEMENTED", "This is not understood here: \(fault.rawValue).")
        case 505: Problem(505, "HTTP_VERSION_NOT_SUPPORTED", "Only HTTP/1.1 and HTTP/1.0 are spoken here.")
        default: Problem(400, "INVALID_DATA_FORMAT", "The request is not HTTP as it should be: \(fault.rawValue).")
        }
    }
}
