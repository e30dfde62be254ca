import Host
import PluginAPI

/// A tenant's portal, as a test sees it: from outside by requests, and from behind by what was written.
public struct Portal: Sendable {
    let stage: Stage
    /// Names the tenant.
    public let tenant: String

    /// Another tenant of the same host.
    public func at(_ tenant: String) -> Portal { Portal(stage: stage, tenant: tenant) }

    /// The host's time.
    public var clock: TestClock { stage.clock }

    /// Does everything that is due now, in every tenant: messages, jobs, listeners.
    public func work() async { await stage.host.work() }

    /// What the log says went wrong on our side.
    public var faults: [String] { stage.host.faults }

    /// The port on this machine's loopback address where the host listens.
    public var port: UInt16 { stage.host.port }

    /// The value of `Host` for this tenant.
    public var hostName: String { "\(tenant).localhost" }
}
