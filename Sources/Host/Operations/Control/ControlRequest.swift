import PluginAPI

/// What the command line asks of a running host, one line of JSON in `<data>/control.sock`.
public enum ControlRequest: Sendable, Equatable {
    /// Read the tenants' folder again.
    case reload
    /// Let another key sign a tenant's access tokens.
    case rotateSigningKey(tenant: String)

    /// The longest line.
    static let limit = 4096

    /// The line, without its end.
    var line: [UInt8] {
        let json: JSON =
            switch self {
            case .reload: ["command": "reload"]
            case .rotateSigningKey(let tenant): ["command": "key rotate", "signing": .string(tenant)]
            }
        return Array(json.text.utf8)
    }

    /// Nil when the line is no request that this version knows.
    init?(line: [UInt8]) {
        guard let json = try? JSONDocument(line).root.tree else { return nil }
        switch json["command"]?.string {
        case "reload": self = .reload
        case "key rotate":
            guard let tenant = json["signing"]?.string else { return nil }
            self = .rotateSigningKey(tenant: tenant)
        default: return nil
        }
    }
}

/// What came of a request.
public struct ControlAnswer: Sendable, Equatable {
    /// The exit status of the command: 0 when it was done.
    public let status: Int
    /// For the operator.
    public let text: String

    /// The longest line: a reload tells every tenant's mistakes.
    static let limit = 4 << 20

    init(_ text: String, status: Int = 0) {
        self.status = status
        self.text = text
    }

    var line: [UInt8] {
        let json: JSON = ["status": .integer(Int64(status)), "text": .string(text)]
        return Array(json.text.utf8)
    }

    init?(line: [UInt8]) {
        guard let root = try? JSONDocument(line).root, let status = root.member("status")?.integer,
            let text = root.member("text")?.string
        else { return nil }
        self.init(text, status: Int(status))
    }
}
