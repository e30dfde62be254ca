import Host
public import PluginAPI

/// How the requests of a test reach the host.
public enum Transport: Sendable {
    /// Straight into the pipeline, on the server's own loop.
    case process
    /// Over a connection to a free port, through the whole of the server.
    case socket
}

/// Runs the real host with one plugin, on files in a folder of the test's own, for as long as the closure runs.
///
/// Every write is run twice, the first run undone, as it is when a group of transactions is lost; a write whose second run
/// comes to something else fails the test.
///
/// - Parameters:
///   - settings: the plugin's, as in `tenant.json`.
///   - tenants: their names; the portal that the closure gets is the first one's.
///   - tenant: further members of every tenant's `tenant.json`, e.g. `["languages": ["en", "de"]]`.
///   - files: texts in every tenant's folder by their paths: `content/notes/first.md`.
///   - transport: how requests reach the host.
///   - start: what the clock shows at first.
///   - allowsPrivateTargets: whether webhooks may lead to this machine, where a test has its receiver.
/// - Throws: what the closure throws, ``BrokenPromises``, and what keeps the host from starting.
public func withPlugin<P: Plugin, T>(
    _ plugin: P.Type, settings: JSON = [:], tenants: [String] = ["test"], tenant: JSON = [:],
    files: [String: String] = [:],
    over transport: Transport = .process, at start: Instant = TestClock.start, allowsPrivateTargets: Bool = false,
    _ body: (Portal) async throws -> T
) async throws -> T {
    try await withPlugins(
        [plugin], settings: [P.manifest.id: settings], tenants: tenants, tenant: tenant, files: files, over: transport,
        at: start, allowsPrivateTargets: allowsPrivateTargets, body)
}

/// Runs the real host with several plugins. See ``withPlugin(_:settings:tenants:tenant:files:over:at:_:)``.
///
/// - Parameter settings: by the plugins' ids; those that are not named get none.
public func withPlugins<T>(
    _ plugins: [any Plugin.Type], settings: [String: JSON] = [:], tenants: [String] = ["test"], tenant: JSON = [:],
    files: [String: String] = [:],
    over transport: Transport = .process, at start: Instant = TestClock.start, allowsPrivateTargets: Bool = false,
    _ body: (Portal) async throws -> T
) async throws -> T {
    let stage = try await Stage(
        plugins, settings: settings, tenants: tenants, tenant: tenant, files: files, over: transport, at: start,
        allowsPrivateTargets: allowsPrivateTargets)
    let result: T
    do {
        result = try await body(Portal(stage: stage, tenant: tenants.first ?? "test"))
    } catch {
        await stage.close()
        throw error
    }
    let unrepeatable = stage.host.unrepeatable
    let failure = stage.failure
    await stage.close()
    if let failure { throw failure }
    guard unrepeatable.isEmpty else { throw BrokenPromises(promises: unrepeatable) }
    return result
}

/// What every plugin promises and this one does not keep.
public struct BrokenPromises: Error, CustomStringConvertible {
    /// One line for each.
    public let promises: [String]
    public var description: String { promises.joined(separator: "\n") }
}
