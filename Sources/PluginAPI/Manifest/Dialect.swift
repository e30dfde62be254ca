/// How a plugin's success, errors and lists look on the wire (contract §1). Handlers never build them.
public enum Dialect: String, Sendable, CaseIterable {
    /// `{"success":true,"data":…,"meta":…}`
    case envelope
    /// The object itself; lists as `{"data":[…],"pagination":…}`.
    case clinic
    /// The object or array itself, snake case.
    case bare
    /// `{"status":"success","data":…}`
    case status
    /// The object itself; errors as RFC 9457 problem details. The host's own API.
    case problem
}
