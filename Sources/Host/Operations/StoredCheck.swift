/// Whether what tenants stored is still as it was stored. It opens the data itself, so no host may run on them.
public protocol StoredCheck: Sendable {
    /// - Parameters:
    ///   - options: where the data and the master key are.
    ///   - tenants: whose data; everybody's when empty.
    static func run(options: HostOptions, tenants: [String]) async throws -> Self
    /// Whether nothing was found.
    var isSound: Bool { get }
    /// The findings for people.
    var text: String { get }
    /// The findings as JSON.
    var json: String { get }
}
