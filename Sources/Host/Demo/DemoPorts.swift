import PluginAPI

/// In the demo each tenant also answers on a port of its own, because `*.localhost` does not resolve in every program.
enum DemoPorts {
    /// The demo's tenants in the order of their ports (contract §13).
    static let order = ["meridian", "lumen", "harbor", "summit", "northgate"]

    /// Port → tenant, counted from the main port; empty outside the demo, and with a main port that the system chooses.
    static func ports(_ options: HostOptions, _ directory: TenantDirectory) -> [UInt16: String] {
        guard options.isDemo, options.hasDemoPorts, options.port > 0 else { return [:] }
        let known = order.filter { directory.position(of: $0) != nil }
        let others = directory.tenants.map(\.slug).filter { !order.contains($0) }
        var ports: [UInt16: String] = [:]
        for (offset, slug) in (known + others).prefix(50).enumerated() {
            let (port, overflow) = options.port.addingReportingOverflow(UInt16(offset + 1))
            if !overflow { ports[port] = slug }
        }
        return ports
    }
}
