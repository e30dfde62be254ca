/// The answer of somebody else's server.
public struct ClientResponse: Sendable {
    /// One field line.
    public struct Field: Sendable, Hashable {
        /// In lower case.
        public var name: String
        /// Without surrounding blanks; bytes that are no UTF-8 are replaced.
        public var value: String
    }

    /// The status code, 200 to 999.
    public var status: Int
    /// The fields, in order.
    public var fields: [Field]
    /// The content, whole.
    public var body: [UInt8]
    /// Where it came from, after all redirects.
    public var url: ClientURL
    /// The address that was asked.
    public var address: SocketAddress

    /// The value of the first field of this name, in lower case.
    public func header(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}
