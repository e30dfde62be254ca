import PluginAPI

/// What a client of a WebSocket says (seed 000 §7.1, contract §6).
enum ClientMessage: Equatable {
    /// Signs in, or in again before the token expires.
    case auth(token: String)
    /// Follows topics; with the id of the last event that was seen, goes on behind it.
    case subscribe([String], after: String?)
    case unsubscribe([String])
    case ping

    /// Why a message is none of these.
    struct Fault: Error, Equatable {
        let code: String
        let message: String
    }

    /// Names in one message, at most.
    private static let nameLimit = 200

    /// Reads a message.
    init(_ bytes: [UInt8]) throws(Fault) {
        guard let tree = try? JSONDocument(bytes).root.tree, let members = tree.members else {
            throw Fault(code: "INVALID_DATA_FORMAT", message: "A message is a JSON object.")
        }
        switch members["type"]?.string {
        case "auth"?:
            guard let token = members["token"]?.string else {
                throw Fault(code: "VALIDATION_ERROR", message: "token: is required")
            }
            self = .auth(token: token)
        case "subscribe"?:
            let after = members["lastEventId"]
            switch after {
            case nil, .null?: self = .subscribe(try Self.names(members), after: nil)
            case .string(let id)?: self = .subscribe(try Self.names(members), after: id)
            default: throw Fault(code: "VALIDATION_ERROR", message: "lastEventId: must be a text")
            }
        case "unsubscribe"?: self = .unsubscribe(try Self.names(members))
        case "ping"?: self = .ping
        case nil: throw Fault(code: "VALIDATION_ERROR", message: "type: is required")
        default:
            throw Fault(code: "VALIDATION_ERROR", message: "type: must be auth, subscribe, unsubscribe or ping")
        }
    }

    private static func names(_ members: JSON.Members) throws(Fault) -> [String] {
        guard case .array(let elements)? = members["events"], (1...nameLimit).contains(elements.count) else {
            throw Fault(code: "VALIDATION_ERROR", message: "events: must be a list of 1 to \(nameLimit) names")
        }
        let names = elements.compactMap(\.string)
        guard names.count == elements.count else {
            throw Fault(code: "VALIDATION_ERROR", message: "events: must be names")
        }
        return names
    }
}

/// What the host says beside events.
enum ServerMessage {
    case signedIn(PersonID, until: Instant)
    /// All that is followed now; with the id of where the client begins in the log, when it does.
    case subscribed([String], id: String?)
    /// What happened since the client was here cannot be told: it starts anew from this id.
    case reset(reason: String, id: String)
    case error(code: String, message: String)
    case pong

    var text: String {
        let tree: JSON =
            switch self {
            case .signedIn(let person, let until):
                ["type": "auth_ok", "userId": .string(person.rawValue), "expiresAt": .string("\(until)")]
            case .subscribed(let names, let id?):
                ["type": "subscribed", "events": .array(names.map { .string($0) }), "lastEventId": .string(id)]
            case .subscribed(let names, nil):
                ["type": "subscribed", "events": .array(names.map { .string($0) })]
            case .reset(let reason, let id):
                ["type": "reset", "reason": .string(reason), "lastEventId": .string(id)]
            case .error(let code, let message):
                ["type": "error", "code": .string(code), "message": .string(message)]
            case .pong: ["type": "pong"]
            }
        return tree.text
    }
}

extension EventStanding {
    /// The reason of a `reset`, for programs.
    var word: String { self == .gone ? "gone" : "unknown" }
}
