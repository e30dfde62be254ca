/// A server-sent event as a client of the tests reads it.
public struct ServerEvent: Equatable, Sendable {
    public var name = "message"
    public var id: String?
    public var data = ""

    public init(name: String = "message", id: String? = nil, data: String = "") {
        self.name = name
        self.id = id
        self.data = data
    }
}
