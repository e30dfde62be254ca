/// Makes events of lines (HTML §9.2.6), as far as the tests need it: one line of data each, and no heartbeats.
public struct EventText: Sendable {
    private var event = ServerEvent()
    private var isSomething = false

    public init() {}

    /// Takes the next line, without its end.
    ///
    /// - Returns: the event that it ends.
    public mutating func take(_ line: String) -> ServerEvent? {
        if line.isEmpty {
            defer { self = EventText() }
            return isSomething && event.name != "heartbeat" ? event : nil
        }
        guard let colon = line.firstIndex(of: ":") else { return nil }
        let value = String(line[line.index(after: colon)...].drop { $0 == " " })
        switch line[..<colon] {
        case "id": (event.id, isSomething) = (value, true)
        case "event": (event.name, isSomething) = (value, true)
        case "data": (event.data, isSomething) = (value, true)
        default: break
        }
        return nil
    }
}
