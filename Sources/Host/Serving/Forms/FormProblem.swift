import HTTPServer
import PluginAPI

/// How a form that cannot be read is refused.
enum FormProblem {
    static func of(_ fault: MultipartFault) -> Problem {
        switch fault {
        case .otherType: Problem(415, "UNSUPPORTED_MEDIA_TYPE", "Send the body as multipart/form-data.")
        case _ where fault.isLimit: Problem(413, "PAYLOAD_TOO_LARGE", "The form \(fault.message).")
        default: .format("The form \(fault.message).")
        }
    }

    static let tooMuch = Problem(413, "PAYLOAD_TOO_LARGE", "The form's fields are too large.")

    static func tooLarge(_ field: String, limit: Int) -> Problem {
        let message = "must have at most \(limit) bytes"
        return Problem(
            413, "PAYLOAD_TOO_LARGE", "The file in \(field) \(message).",
            mistakes: [Mistake(field: field, .tooLong, message)])
    }

    static func tooMany(_ field: String, most: Int) -> Problem {
        most == 1
            ? .invalid(field, .notAllowed, "must be one file")
            : .invalid(field, .tooLong, "must have at most \(most) entries")
    }

    static func otherType(_ field: String, _ types: [String]) -> Problem {
        let message = "must be a file of the type \(types.joined(separator: " or "))"
        return Problem(
            415, "UNSUPPORTED_MEDIA_TYPE", "The field \(field) \(message).",
            mistakes: [Mistake(field: field, .notAllowed, message)])
    }
}
